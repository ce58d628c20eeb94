import { Connection, type ConnectionState, type Socket } from './connection';
import { type Follower, Lease } from './lease';
import type { LiveEvent, ServerFrame } from './protocol';

/** How long the server may take to answer a follow, in milliseconds. */
export const ANSWER_DEADLINE_MS = 15_000;
/**
 * How long what nobody follows any more is kept, in milliseconds: whoever goes from page to page does not ask for it
 * anew each time, nor does an `unfollow` overtake the next `follow`.
 */
export const LINGER_MS = 5_000;
/** How long before its end a follow is renewed, in milliseconds. */
const RENEWAL_MARGIN_MS = 60_000;
/** The latest time to renew, in milliseconds: this device's clock may be slow by any amount. */
export const LATEST_RENEWAL_MS = 30 * 60_000;
/**
 * The shortest time between two renewals, in milliseconds: it may be fast as well. No token of a user pool lives for
 * less than five minutes.
 */
export const SOONEST_RENEWAL_MS = 240_000;
/** The refusals that another token may help with. */
const STALE_TOKEN: readonly string[] = ['expiredToken', 'badToken'];
/** Of how many events it is remembered that they came already. */
const REMEMBERED_EVENTS = 1_000;

/** How it goes with the connection; `off` where the site has none. */
export type RealtimeState = Exclude<ConnectionState, 'open'> | 'live';

/** Follows what happens in the shop over one connection for the whole page. */
export interface Realtime {
  /** Begins to follow; what is returned ends it. */
  follow(follower: Follower): () => void;
  state(): RealtimeState;
  /** Calls back after each change of `state()`. */
  subscribe(listener: () => void): () => void;
  /** Begins anew, as when somebody else has signed in: what the earlier one followed is let go at once. */
  restart(): void;
  /** For good. */
  stop(): void;
}

export interface RealtimeOptions {
  /** Where to connect to; `null` where the site has no such thing. */
  url: () => Promise<string | null>;
  /** The ID token of whoever is signed in; `undefined` for a guest. */
  token: (options: { renew: boolean }) => Promise<string | undefined>;
  open?: (url: string) => Socket;
  random?: () => number;
}

interface Asked {
  lease: Lease;
  topics: readonly string[];
  /** Whether it was asked with a token that was made for it. */
  isRenewal: boolean;
  deadline: ReturnType<typeof setTimeout>;
}

/** Where a site has no real time: pages ask again by themselves. */
export const NO_REALTIME: Realtime = {
  follow: () => () => undefined,
  state: () => 'off',
  subscribe: () => () => undefined,
  restart: () => undefined,
  stop: () => undefined,
};

/** Makes the page's real time. Nothing is connected before somebody follows something. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const leases = new Map<string | undefined, Lease>();
  const asked = new Map<string, Asked>();
  const listeners = new Set<() => void>();
  /** Events that came already, the oldest first. */
  const seen = new Set<string>();
  let lastRef = 0;
  /** Counts the connections: what was begun on an earlier one is of no use. */
  let era = 0;
  let isBatching = false;

  const connection = new Connection({
    url: options.url,
    open: options.open ?? ((url) => new WebSocket(url)),
    random: options.random ?? Math.random,
    onOpen: () => askAll(),
    onFrame: (frame) => hear(frame),
    onState: (state) => {
      if (state !== 'open') forget();
      for (const listener of listeners) listener();
    },
  });

  function forget(): void {
    era += 1;
    for (const { deadline } of asked.values()) clearTimeout(deadline);
    asked.clear();
    for (const lease of leases.values()) lease.forget();
  }

  function askAll(): void {
    for (const lease of leases.values()) void ask(lease, lease.named('wanted'));
  }

  /** Asks to follow topics, as news or once more; `renew` asks for another token than the present one. */
  async function ask(lease: Lease, topics: readonly string[], renew = false): Promise<void> {
    if (connection.state !== 'open' || topics.length === 0) return;
    const begun = era;
    lease.put(
      lease.named('wanted').filter((name) => topics.includes(name)),
      'asked',
    );
    lastRef += 1;
    const ref = String(lastRef);
    // The time that it takes to get a token counts, too.
    const deadline = setTimeout(() => connection.drop(), ANSWER_DEADLINE_MS);
    asked.set(ref, { lease, topics, isRenewal: renew, deadline });
    if (lease.orderToken !== undefined) {
      connection.send({ action: 'follow', ref, topics, orderToken: lease.orderToken });
      return;
    }
    let token: string | undefined;
    try {
      token = await options.token({ renew });
    } catch {
      // Without an answer from the user directory there is no network worth the name: all begins anew.
      if (begun === era) connection.drop();
      return;
    }
    if (begun !== era) return;
    if (token !== undefined) connection.send({ action: 'follow', ref, topics, token });
    else if (answered(ref)) lease.put(topics, 'refused');
  }

  function answered(ref: string): Asked | undefined {
    const question = asked.get(ref);
    if (question) clearTimeout(question.deadline);
    asked.delete(ref);
    return question;
  }

  function hear(frame: ServerFrame): void {
    if (frame.type === 'event') deliver(frame.event);
    if (frame.type !== 'following' && frame.type !== 'refused') return;
    const question = answered(frame.ref);
    if (!question) return;
    const { lease, topics, isRenewal } = question;
    if (frame.type === 'following') {
      lease.isSecondTry = false;
      for (const follower of lease.put(topics, 'live')) follower.onCatchUp();
      planRenewal(lease, lease.until(topics, Date.parse(frame.expiresAt)), isRenewal);
    } else if (lease.orderToken === undefined && !lease.isSecondTry && STALE_TOKEN.includes(frame.reason)) {
      // A token may be refused before its time, as by a clock that is wrong: a new one is tried once.
      lease.isSecondTry = true;
      void ask(lease, topics, true);
    } else {
      lease.put(topics, 'refused');
    }
  }

  function deliver(event: LiveEvent): void {
    const fresh = event.topics.filter((name) => !seen.has(`${event.id} ${name}`));
    if (fresh.length === 0) return;
    for (const name of fresh) seen.add(`${event.id} ${name}`);
    for (const oldest of seen) {
      if (seen.size <= REMEMBERED_EVENTS) break;
      seen.delete(oldest);
    }
    for (const lease of leases.values()) {
      for (const follower of lease.followersOf({ ...event, topics: fresh })) follower.onEvent(event);
    }
  }

  /** Plans to ask anew before the first of what is followed ends: at once, where that is now. */
  function planRenewal(lease: Lease, end: number, isRenewed: boolean): void {
    const due = Number.isNaN(end) ? 0 : end - Date.now() - RENEWAL_MARGIN_MS;
    const wait = Math.min(LATEST_RENEWAL_MS, Math.max(isRenewed ? SOONEST_RENEWAL_MS : 0, due));
    clearTimeout(lease.renewal);
    lease.renewal = setTimeout(() => void ask(lease, lease.named('live'), true), wait);
  }

  /** Asks for what came together in one frame. */
  function soon(): void {
    if (isBatching) return;
    isBatching = true;
    queueMicrotask(() => {
      isBatching = false;
      connection.want(leases.size > 0);
      askAll();
    });
  }

  function end(lease: Lease, name: string): void {
    const state = lease.topics.get(name)?.state;
    lease.topics.delete(name);
    // The server knows a topic once: somebody else here may follow it by another right.
    const isShared = [...leases.values()].some(({ topics }) => topics.has(name));
    if (!isShared && (state === 'live' || state === 'asked')) {
      connection.send({ action: 'unfollow', topics: [name] });
    }
    if (lease.topics.size > 0) return;
    clearTimeout(lease.renewal);
    leases.delete(lease.orderToken);
    connection.want(leases.size > 0);
  }

  return {
    follow(follower) {
      const lease = leases.get(follower.orderToken) ?? new Lease(follower.orderToken);
      leases.set(follower.orderToken, lease);
      lease.add(follower);
      soon();
      return () => {
        for (const [name, topic] of lease.remove(follower)) {
          topic.linger = setTimeout(() => end(lease, name), LINGER_MS);
        }
      };
    },
    state: () => (connection.state === 'open' ? 'live' : connection.state),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart() {
      for (const lease of leases.values()) {
        for (const [name, { followers, linger }] of lease.topics) {
          if (followers.size > 0) continue;
          clearTimeout(linger);
          lease.topics.delete(name);
        }
        if (lease.topics.size === 0) leases.delete(lease.orderToken);
      }
      connection.want(leases.size > 0);
      connection.restart();
    },
    stop() {
      forget();
      leases.clear();
      connection.stop();
    },
  };
}
