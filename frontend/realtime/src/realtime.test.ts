import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Realtime } from './realtime';
import { ANSWER_DEADLINE_MS, LINGER_MS } from './realtime';
import { connect, type FakeSocket, fakeRealtime, follower, pass } from './test-kit';

let realtime: Realtime;
let socket: () => FakeSocket;
let sockets: FakeSocket[];
let token: ReturnType<typeof fakeRealtime>['token'];
beforeEach(() => {
  vi.useFakeTimers();
  ({ realtime, socket, sockets, token } = fakeRealtime());
});
afterEach(() => {
  realtime.stop();
  vi.useRealTimers();
});

const connected = (expiresInMs?: number) => connect({ realtime, socket }, expiresInMs);

describe('following', () => {
  it('connects when somebody follows, tells who they are in the first message, and delivers', async () => {
    expect(sockets).toHaveLength(0);
    const heard = follower(['orders', 'tasks']);
    realtime.follow(heard);
    await pass(0);
    expect(socket().url).toBe('wss://shop.example/live');
    expect(socket().sent).toEqual([]);
    socket().opens();
    await pass(0);
    expect(socket().sent).toEqual([
      { action: 'follow', ref: '1', topics: ['orders', 'tasks'], token: 'token' },
    ]);
    expect(heard.onState.mock.calls).toEqual([['waiting']]);
    socket().accepts();
    expect(heard.onState).toHaveBeenLastCalledWith('live');
    expect(heard.onCatchUp).toHaveBeenCalledTimes(1);
    socket().tells('evt_1', ['orders']);
    socket().tells('evt_2', ['queues']);
    expect(heard.onEvent.mock.calls.map(([{ id }]) => id)).toEqual(['evt_1']);
    expect(realtime.state()).toBe('live');
  });

  it('shares one connection and one message among all who follow', async () => {
    const [first, second] = [follower(['orders']), follower(['orders', 'attention'])];
    realtime.follow(first);
    realtime.follow(second);
    await pass(0);
    socket().opens();
    await pass(0);
    expect(socket().of('follow')).toMatchObject([{ topics: ['orders', 'attention'] }]);
    socket().accepts();
    socket().tells('evt_1', ['orders', 'attention']);
    expect(first.onEvent).toHaveBeenCalledTimes(1);
    expect(second.onEvent).toHaveBeenCalledTimes(1);
    expect(sockets).toHaveLength(1);
  });

  it('follows an order by the token of its link, without asking who is signed in', async () => {
    realtime.follow(follower(['order:ord_1'], 'secret'));
    await pass(0);
    socket().opens();
    await pass(0);
    expect(socket().sent).toEqual([
      { action: 'follow', ref: '1', topics: ['order:ord_1'], orderToken: 'secret' },
    ]);
    expect(token).not.toHaveBeenCalled();
  });

  it('asks for what comes later on the same connection, and not again for what is followed', async () => {
    await connected();
    const late = follower(['orders', 'queues']);
    realtime.follow(late);
    await pass(0);
    expect(socket().of('follow')).toMatchObject([{ topics: ['orders'] }, { topics: ['queues'] }]);
    expect(late.onState).toHaveBeenLastCalledWith('waiting');
    socket().accepts();
    expect(late.onState).toHaveBeenLastCalledWith('live');
  });

  it('delivers an event once, however often it comes', async () => {
    const { heard } = await connected();
    socket().tells('evt_1', ['orders']);
    socket().tells('evt_1', ['orders']);
    expect(heard.onEvent).toHaveBeenCalledTimes(1);
    for (let at = 0; at < 1_000; at += 1) socket().tells(`evt_more_${at}`, ['orders']);
    // So long ago that it is forgotten: what is remembered is bounded.
    socket().tells('evt_1', ['orders']);
    expect(heard.onEvent).toHaveBeenCalledTimes(1_002);
  });

  it('says what is no longer followed a while after, and lets go of the connection with the last of it', async () => {
    const { end } = await connected();
    const other = realtime.follow(follower(['tasks']));
    await pass(0);
    socket().accepts();
    end();
    await pass(LINGER_MS - 1);
    expect(socket().of('unfollow')).toEqual([]);
    await pass(1);
    expect(socket().of('unfollow')).toEqual([{ action: 'unfollow', topics: ['orders'] }]);
    expect(socket().isClosed).toBe(false);
    other();
    await pass(LINGER_MS);
    expect(socket().isClosed).toBe(true);
    expect(realtime.state()).toBe('idle');
  });

  it('goes on without a word when somebody follows again in between', async () => {
    const { end } = await connected();
    end();
    await pass(LINGER_MS / 2);
    const next = follower(['orders']);
    realtime.follow(next);
    expect(next.onState.mock.calls).toEqual([['live']]);
    await pass(LINGER_MS * 2);
    expect(socket().sent).toHaveLength(1);
    socket().tells('evt_1', ['orders']);
    expect(next.onEvent).toHaveBeenCalledTimes(1);
  });

  it('does not take from one what another follows by another right', async () => {
    const byLink = realtime.follow(follower(['order:ord_1'], 'secret'));
    realtime.follow(follower(['order:ord_1']));
    await pass(0);
    socket().opens();
    await pass(0);
    socket().accepts();
    byLink();
    await pass(LINGER_MS);
    expect(socket().of('unfollow')).toEqual([]);
  });
});

describe('answers that do not come', () => {
  it('connects anew where a follow is not answered, and asks less and less often', async () => {
    const heard = follower(['orders']);
    realtime.follow(heard);
    await pass(0);
    for (let turn = 1; turn <= 4; turn += 1) {
      socket().opens();
      await pass(0);
      socket().says({ message: 'Internal server error', connectionId: 'c', requestId: 'r' });
      await pass(ANSWER_DEADLINE_MS);
      expect(socket().isClosed).toBe(true);
      const pause = 750 * 2 ** turn;
      await pass(pause - 1);
      expect(sockets).toHaveLength(turn);
      await pass(1);
      expect(sockets).toHaveLength(turn + 1);
    }
    expect(heard.onState.mock.calls).toEqual([['waiting']]);
  });

  it('connects anew where nobody can say who is signed in', async () => {
    token.mockRejectedValueOnce(new Error('no network'));
    realtime.follow(follower(['orders']));
    await pass(0);
    socket().opens();
    await pass(0);
    expect(socket().isClosed).toBe(true);
    await pass(1_500);
    socket().opens();
    await pass(0);
    expect(socket().of('follow')).toHaveLength(1);
  });

  it('connects anew where it is never said who is signed in', async () => {
    token.mockImplementationOnce(() => new Promise(() => undefined));
    realtime.follow(follower(['orders']));
    await pass(0);
    socket().opens();
    await pass(ANSWER_DEADLINE_MS);
    expect(socket().isClosed).toBe(true);
    await pass(1_500);
    socket().opens();
    await pass(0);
    expect(socket().of('follow')).toHaveLength(1);
  });

  it('takes what is not of the protocol for nothing', async () => {
    const { heard } = await connected();
    for (const frame of [
      '',
      'null',
      '[]',
      '{"type":"event"}',
      '{"type":"event","id":"e","event":"E"}',
      '{',
    ]) {
      socket().says(frame);
    }
    socket().says({ type: 'following', ref: '99', topics: ['orders'], expiresAt: '' });
    expect(heard.onEvent).not.toHaveBeenCalled();
    expect(heard.onState).toHaveBeenLastCalledWith('live');
  });
});
