import { type FollowOptions, type Liveness, useFollow } from '@ironmonger/realtime/react';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useResourceContext } from 'react-admin';

/** How often a page asks that hears of nothing, in milliseconds. */
const ASKING_MS = 15_000;
/** How often a page asks nonetheless that hears of everything: what is pushed is a hint, the API's answer the truth. */
export const LIVE_MS = 120_000;

export interface Live {
  liveness: Liveness;
  /** How often to ask, in milliseconds. */
  everyMs: number;
}

/** Keeps what was asked under a key up to date: by asking again when something happens, else every few seconds. */
export function useLive(
  topics: readonly string[],
  key: QueryKey,
  {
    askingMs = ASKING_MS,
    ...options
  }: Pick<FollowOptions, 'matters' | 'take'> & {
    /** How often to ask where nothing is heard, in milliseconds. */
    askingMs?: number;
  } = {},
): Live {
  const client = useQueryClient();
  const liveness = useFollow(topics, {
    ...options,
    refresh: () => void client.invalidateQueries({ queryKey: key }),
  });
  return { liveness, everyMs: liveness === 'live' ? LIVE_MS : askingMs };
}

/** Keeps the lists of the page's resource up to date. */
export function useLiveList(topics: readonly string[]): Live {
  const resource = useResourceContext();
  return useLive(topics, [resource, 'getList']);
}
