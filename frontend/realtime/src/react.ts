import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { FollowState } from './lease';
import { settled } from './pauses';
import type { LiveEvent } from './protocol';
import { NO_REALTIME, type Realtime } from './realtime';

/** The page's real time; without a provider there is none, and pages ask by themselves. */
export const RealtimeContext = createContext<Realtime>(NO_REALTIME);

/**
 * How a page gets its news: `live`, as they happen; else by asking, because the connection is just being made
 * (`connecting`), was lost or cannot be made (`reconnecting`), or there is none to be had (`polling`).
 */
export type Liveness = 'live' | 'connecting' | 'reconnecting' | 'polling';

export interface FollowOptions {
  /** The token of an order's private link; without it, whoever is signed in follows. */
  orderToken?: string | undefined;
  /** Whether there is anything to follow. */
  enabled?: boolean;
  /** What to do when something happened, or may have been missed: once for a burst. */
  refresh: () => void;
  /** Which of the events matter; without it all of them do. */
  matters?: (event: LiveEvent) => boolean;
  /** Takes an event that carries what it tells; `true` where there is nothing left to ask the API for. */
  take?: (event: LiveEvent) => boolean;
}

/** Keeps a page up to date with topics, for as long as it is shown. */
export function useFollow(topics: readonly string[], options: FollowOptions): Liveness {
  const realtime = useContext(RealtimeContext);
  const connection = useSyncExternalStore(realtime.subscribe, realtime.state);
  const [state, setState] = useState<FollowState>('waiting');
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { enabled = true, orderToken } = options;
  const names = topics.join(' ');
  useEffect(() => {
    if (!enabled || names === '') return;
    const refresh = settled(() => latest.current.refresh());
    const end = realtime.follow({
      topics: names.split(' '),
      orderToken,
      onEvent(event) {
        const { matters, take } = latest.current;
        if (matters?.(event) === false || take?.(event)) return;
        refresh.call();
      },
      onCatchUp: () => refresh.call(),
      onState: setState,
    });
    return () => {
      end();
      refresh.cancel();
      setState('waiting');
    };
  }, [realtime, names, orderToken, enabled]);
  if (state === 'live') return 'live';
  if (connection === 'off' || state === 'refused') return 'polling';
  return connection === 'reconnecting' ? 'reconnecting' : 'connecting';
}
