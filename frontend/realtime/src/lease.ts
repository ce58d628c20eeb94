import type { LiveEvent } from './protocol';

/** Whether what one follows is followed: `refused` is not asked for again on the same connection. */
export type FollowState = 'waiting' | 'live' | 'refused';

/** Somebody who wants to hear. */
export interface Follower {
  topics: readonly string[];
  /** The token of the order's private link; without it the server is told who is signed in. */
  orderToken?: string | undefined;
  onEvent: (event: LiveEvent) => void;
  /** From now on nothing is missed, but something may have been until now: time to ask the API again. */
  onCatchUp: () => void;
  onState: (state: FollowState) => void;
}

export interface Topic {
  followers: Set<Follower>;
  state: 'wanted' | 'asked' | 'live' | 'refused';
  /** When the server lets it expire, by the server's clock, in milliseconds since the epoch. */
  expiresAt: number;
  /** Ends it a while after the last follower left. */
  linger: ReturnType<typeof setTimeout> | undefined;
}

/** What is followed with one and the same right. */
export class Lease {
  readonly orderToken: string | undefined;
  readonly topics = new Map<string, Topic>();
  /** Asks anew before the server lets it expire. */
  renewal: ReturnType<typeof setTimeout> | undefined;
  /** Whether the token was renewed because the server refused one: it is tried once. */
  isSecondTry = false;
  /** What the followers were told last. */
  readonly #told = new Map<Follower, FollowState>();

  constructor(orderToken: string | undefined) {
    this.orderToken = orderToken;
  }

  add(follower: Follower): void {
    for (const name of follower.topics) {
      const topic: Topic = this.topics.get(name) ?? {
        followers: new Set(),
        state: 'wanted',
        expiresAt: Number.POSITIVE_INFINITY,
        linger: undefined,
      };
      clearTimeout(topic.linger);
      topic.linger = undefined;
      topic.followers.add(follower);
      this.topics.set(name, topic);
    }
    this.#tell(follower);
  }

  /** The topics that nobody follows any more. */
  remove(follower: Follower): [string, Topic][] {
    this.#told.delete(follower);
    return [...this.topics].filter(([, { followers }]) => followers.delete(follower) && followers.size === 0);
  }

  /** The names of the topics in one of the states. */
  named(...states: readonly Topic['state'][]): string[] {
    return [...this.topics].filter(([, { state }]) => states.includes(state)).map(([name]) => name);
  }

  /** Notes until when topics are followed, and says when the first of all that are followed ends. */
  until(names: readonly string[], expiresAt: number): number {
    for (const name of names) {
      const topic = this.topics.get(name);
      if (topic) topic.expiresAt = expiresAt;
    }
    const ends = [...this.topics.values()].filter(({ state }) => state === 'live');
    return Math.min(...ends.map((topic) => topic.expiresAt));
  }

  /** Puts topics into a state, and says which of their followers it is new to. */
  put(names: Iterable<string>, state: Topic['state']): Follower[] {
    const followers = new Set<Follower>();
    for (const name of names) {
      const topic = this.topics.get(name);
      if (!topic || topic.state === state) continue;
      topic.state = state;
      for (const follower of topic.followers) followers.add(follower);
    }
    for (const follower of followers) this.#tell(follower);
    return [...followers];
  }

  /** The connection is gone, and with it what the server knew. */
  forget(): void {
    clearTimeout(this.renewal);
    this.renewal = undefined;
    this.isSecondTry = false;
    this.put([...this.topics.keys()], 'wanted');
  }

  /** Those who want to hear of an event. */
  followersOf({ topics }: LiveEvent): Set<Follower> {
    return new Set(topics.flatMap((name) => [...(this.topics.get(name)?.followers ?? [])]));
  }

  #tell(follower: Follower): void {
    const states = follower.topics.map((name) => this.topics.get(name)?.state);
    const state = states.every((each) => each === 'live')
      ? 'live'
      : states.includes('refused')
        ? 'refused'
        : 'waiting';
    if (this.#told.get(follower) === state) return;
    this.#told.set(follower, state);
    follower.onState(state);
  }
}
