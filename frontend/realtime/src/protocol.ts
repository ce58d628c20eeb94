/** Something happened. What exactly, the API tells: an event carries no contents, the queues' depths excepted. */
export interface LiveEvent {
  /** The same for the same change, however often it is sent. */
  id: string;
  /** What is followed that it belongs to. */
  topics: readonly string[];
  /** What happened, as `OrderPaid`. */
  event: string;
  orderId: string | null;
  taskId: string | null;
  /** ISO 8601. */
  at: string;
  /** Of `QueueDepths` only: the queues as the API lists them. */
  queues?: readonly unknown[];
}

/** What the server says. */
export type ServerFrame =
  | { type: 'following'; ref: string; topics: readonly string[]; expiresAt: string }
  | { type: 'refused'; ref: string; reason: string }
  | { type: 'pong' }
  | { type: 'event'; event: LiveEvent };

/** What the server is asked. */
export type ClientFrame =
  | { action: 'follow'; ref: string; topics: readonly string[]; orderToken: string }
  | { action: 'follow'; ref: string; topics: readonly string[]; token: string }
  | { action: 'unfollow'; topics: readonly string[] }
  | { action: 'ping' };

type Members = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((element) => typeof element === 'string') : undefined;

function parseEvent(members: Members): ServerFrame | undefined {
  const id = text(members.id);
  const event = text(members.event);
  const single = text(members.topic);
  const topics = texts(members.topics) ?? (single === undefined ? [] : [single]);
  if (id === undefined || event === undefined || topics.length === 0) return undefined;
  return {
    type: 'event',
    event: {
      id,
      topics,
      event,
      orderId: text(members.orderId) ?? null,
      taskId: text(members.taskId) ?? null,
      at: text(members.at) ?? '',
      ...(Array.isArray(members.queues) && { queues: members.queues }),
    },
  };
}

/** Reads a frame; `undefined` for one that is none of ours, as the gateway's own complaints. */
export function parseFrame(data: unknown): ServerFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Members;
  const ref = text(members.ref) ?? '';
  switch (members.type) {
    case 'pong':
      return { type: 'pong' };
    case 'following':
      return {
        type: 'following',
        ref,
        topics: texts(members.topics) ?? [],
        expiresAt: text(members.expiresAt) ?? '',
      };
    case 'refused':
      return { type: 'refused', ref, reason: text(members.reason) ?? '' };
    case 'event':
      return parseEvent(members);
    default:
      return undefined;
  }
}
