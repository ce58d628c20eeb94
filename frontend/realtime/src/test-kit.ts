import { vi } from 'vitest';
import type { LiveEvent } from './protocol';
import { createRealtime, type Realtime, type RealtimeOptions } from './realtime';

/** A connection whose other end the test holds. */
export class FakeSocket extends EventTarget {
  readonly url: string;
  readonly sent: Record<string, unknown>[] = [];
  isClosed = false;
  readyState = 0;
  /** Whether the other end answers pings. */
  answersPings = true;

  constructor(url: string) {
    super();
    this.url = url;
  }

  send(data: string): void {
    const frame = JSON.parse(data);
    this.sent.push(frame);
    if (frame.action === 'ping' && this.answersPings) queueMicrotask(() => this.says({ type: 'pong' }));
  }

  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  /** The server goes away. */
  breaks(): void {
    this.dispatchEvent(new Event('close'));
  }

  says(frame: object | string): void {
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  of(action: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.action === action);
  }

  /** Answers all follows that were not answered yet. */
  accepts(expiresInMs = 3_600_000): void {
    const follows = this.of('follow').filter(({ answered }) => !answered);
    for (const follow of follows) {
      follow.answered = true;
      const expiresAt = new Date(Date.now() + expiresInMs).toISOString();
      this.says({ type: 'following', ref: follow.ref, topics: follow.topics, expiresAt });
    }
  }

  refuses(reason: string): void {
    const follow = this.of('follow').findLast(({ answered }) => !answered);
    if (follow) follow.answered = true;
    this.says({ type: 'refused', ref: follow?.ref, reason, detail: 'No.' });
  }

  tells(id: string, topics: string[], more: Partial<LiveEvent> = {}): void {
    this.says({
      type: 'event',
      id,
      topic: topics[0],
      topics,
      event: 'OrderPaid',
      orderId: 'ord_1',
      taskId: null,
      at: '2026-11-22T09:00:00Z',
      ...more,
    });
  }
}

/** A page's real time over connections that the test holds, the latest of which is `socket()`. */
export function fakeRealtime(changes: Partial<RealtimeOptions> = {}) {
  const sockets: FakeSocket[] = [];
  const token = vi.fn(
    async ({ renew }: { renew: boolean }): Promise<string | undefined> => (renew ? 'renewed-token' : 'token'),
  );
  const realtime: Realtime = createRealtime({
    url: async () => 'wss://shop.example/live',
    token,
    open: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    random: () => 0.5,
    ...changes,
  });
  const socket = (): FakeSocket => {
    const latest = sockets.at(-1);
    if (!latest) throw new Error('Nothing was connected.');
    return latest;
  };
  return { realtime, sockets, socket, token };
}

/** Lets so much time pass, and what is due in it happen. */
export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Somebody comes to the tab, or leaves it. */
export function show(visibility: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The network goes or comes. */
export function network(isThere: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isThere);
  window.dispatchEvent(new Event(isThere ? 'online' : 'offline'));
}

/** Somebody who notes what they hear. */
export function follower(topics: readonly string[], orderToken?: string) {
  return {
    topics,
    orderToken,
    onEvent: vi.fn<(event: LiveEvent) => void>(),
    onCatchUp: vi.fn<() => void>(),
    onState: vi.fn<(state: string) => void>(),
  };
}

/** Connects for somebody, whom the server lets follow; `end` ends that. */
export async function connect(
  { realtime, socket }: Pick<ReturnType<typeof fakeRealtime>, 'realtime' | 'socket'>,
  expiresInMs?: number,
) {
  const heard = follower(['orders']);
  const end = realtime.follow(heard);
  await pass(0);
  socket().opens();
  await pass(0);
  socket().accepts(expiresInMs);
  return { heard, end };
}
