import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OPEN_DEADLINE_MS, PING_EVERY_MS, PONG_DEADLINE_MS } from './connection';
import { LONGEST_PAUSE_MS, pauseBefore, settled } from './pauses';
import type { Realtime } from './realtime';
import { type FakeSocket, fakeRealtime, follower, network, pass, show } from './test-kit';
import { HIDDEN_GRACE_MS } from './wakefulness';

let realtime: Realtime;
let socket: () => FakeSocket;
let sockets: FakeSocket[];
beforeEach(() => {
  vi.useFakeTimers();
  ({ realtime, socket, sockets } = fakeRealtime());
});
afterEach(() => {
  realtime.stop();
  vi.useRealTimers();
});

async function welcome() {
  socket().opens();
  await pass(0);
  socket().accepts();
}

async function connected() {
  const heard = follower(['orders']);
  realtime.follow(heard);
  await pass(0);
  await welcome();
  heard.onCatchUp.mockClear();
  return heard;
}

describe('a connection that is lost', () => {
  it('is made again, and what may have been missed is asked for', async () => {
    const heard = await connected();
    socket().breaks();
    expect(realtime.state()).toBe('reconnecting');
    expect(heard.onState).toHaveBeenLastCalledWith('waiting');
    await pass(749);
    expect(sockets).toHaveLength(1);
    await pass(1);
    await welcome();
    expect(sockets).toHaveLength(2);
    expect(heard.onState).toHaveBeenLastCalledWith('live');
    expect(heard.onCatchUp).toHaveBeenCalledTimes(1);
  });

  it('is tried less and less often, and from the beginning once it was good again', async () => {
    await connected();
    socket().breaks();
    await pass(750);
    for (const pause of [1_500, 3_000, 6_000]) {
      socket().breaks();
      const before = sockets.length;
      await pass(pause - 1);
      expect(sockets).toHaveLength(before);
      await pass(1);
      expect(sockets).toHaveLength(before + 1);
    }
    await welcome();
    socket().breaks();
    await pass(750);
    expect(sockets).toHaveLength(6);
  });

  it('is given up on where it does not open', async () => {
    realtime.follow(follower(['orders']));
    await pass(OPEN_DEADLINE_MS);
    expect(realtime.state()).toBe('reconnecting');
    // Not before it is open: the browser would complain.
    expect(socket().isClosed).toBe(false);
    sockets[0]?.opens();
    expect(sockets[0]?.isClosed).toBe(true);
    expect(realtime.state()).toBe('reconnecting');
    await pass(1_500);
    expect(sockets).toHaveLength(2);
  });

  it('is found out by a ping that nobody answers', async () => {
    await connected();
    await pass(PING_EVERY_MS);
    expect(socket().of('ping')).toHaveLength(1);
    socket().answersPings = false;
    await pass(PING_EVERY_MS);
    expect(socket().of('ping')).toHaveLength(2);
    expect(socket().isClosed).toBe(false);
    await pass(PONG_DEADLINE_MS);
    expect(socket().isClosed).toBe(true);
    expect(realtime.state()).toBe('reconnecting');
  });
});

describe('the network', () => {
  it('is waited for where there is none, without an attempt', async () => {
    await connected();
    network(false);
    expect(socket().isClosed).toBe(true);
    expect(realtime.state()).toBe('reconnecting');
    await pass(600_000);
    expect(sockets).toHaveLength(1);
    network(true);
    await pass(750);
    expect(sockets).toHaveLength(2);
  });
});

describe('a tab that nobody looks at', () => {
  it('lets go of the connection after a while, and comes back at once', async () => {
    const heard = await connected();
    show('hidden');
    await pass(HIDDEN_GRACE_MS - 1);
    expect(socket().isClosed).toBe(false);
    await pass(1);
    expect(socket().isClosed).toBe(true);
    expect(realtime.state()).toBe('idle');
    await pass(600_000);
    expect(sockets).toHaveLength(1);
    show('visible');
    await pass(0);
    await welcome();
    expect(heard.onCatchUp).toHaveBeenCalledTimes(1);
  });

  it('keeps it where one only looked away, and makes sure that it is still good', async () => {
    await connected();
    show('hidden');
    await pass(1_000);
    show('visible');
    expect(socket().of('ping')).toHaveLength(1);
    await pass(HIDDEN_GRACE_MS);
    expect(sockets).toHaveLength(1);
    expect(realtime.state()).toBe('live');
  });

  it('is not connected at all where it was opened in the background', async () => {
    realtime.stop();
    show('hidden');
    await pass(0);
    const hidden = fakeRealtime();
    hidden.realtime.follow(follower(['orders']));
    await pass(HIDDEN_GRACE_MS);
    expect(hidden.realtime.state()).toBe('idle');
    show('visible');
    await pass(0);
    expect(hidden.realtime.state()).toBe('connecting');
    hidden.realtime.stop();
  });

  it('that is kept to go back to holds none either', async () => {
    await connected();
    window.dispatchEvent(new Event('pagehide'));
    expect(socket().isClosed).toBe(true);
    window.dispatchEvent(new Event('pageshow'));
    await pass(0);
    expect(sockets).toHaveLength(2);
  });
});

describe('the address', () => {
  it('may be none: then nothing is tried', async () => {
    const none = fakeRealtime({ url: async () => null });
    none.realtime.follow(follower(['orders']));
    await pass(600_000);
    expect(none.realtime.state()).toBe('off');
    expect(none.sockets).toHaveLength(0);
    none.realtime.stop();
  });

  it('is asked for again where that failed, and where the page may not connect there', async () => {
    const url = vi.fn(async () => 'wss://shop.example/live').mockRejectedValueOnce(new Error('no network'));
    const open = vi.fn((): WebSocket => {
      throw new DOMException('The page’s policy forbids it.', 'SecurityError');
    });
    const failing = fakeRealtime({ url, open });
    failing.realtime.follow(follower(['orders']));
    await pass(0);
    expect(failing.realtime.state()).toBe('reconnecting');
    await pass(1_500);
    expect(open).toHaveBeenCalledTimes(1);
    await pass(3_000);
    expect(open).toHaveBeenCalledTimes(2);
    failing.realtime.stop();
  });
});

it('pauses grow to a bound, and chance has half of each', () => {
  expect([0, 1, 2, 3].map((failures) => pauseBefore(failures, () => 0))).toEqual([500, 1_000, 2_000, 4_000]);
  expect(pauseBefore(3, () => 1)).toBe(8_000);
  expect(pauseBefore(1_000, () => 1)).toBe(LONGEST_PAUSE_MS);
});

describe('settled', () => {
  it('does once what comes in a burst', async () => {
    const work = vi.fn();
    const burst = settled(work, { quietMs: 300, atMostMs: 1_000 });
    burst.call();
    await pass(200);
    burst.call();
    await pass(299);
    expect(work).not.toHaveBeenCalled();
    await pass(1);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever for quiet, and not at all once it is cancelled', async () => {
    const work = vi.fn();
    const burst = settled(work, { quietMs: 300, atMostMs: 1_000 });
    for (let at = 0; at < 9; at += 1) {
      burst.call();
      await pass(200);
    }
    expect(work).toHaveBeenCalledTimes(1);
    burst.cancel();
    await pass(5_000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
