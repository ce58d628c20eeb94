import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Realtime } from './realtime';
import { LATEST_RENEWAL_MS, SOONEST_RENEWAL_MS } from './realtime';
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

it('renews what is followed with another token before it expires, without a gap', async () => {
  const { heard } = await connected(600_000);
  await pass(540_000);
  expect(socket().of('follow').at(-1)).toMatchObject({ topics: ['orders'], token: 'renewed-token' });
  socket().accepts(600_000);
  expect(heard.onState).toHaveBeenLastCalledWith('live');
  expect(heard.onCatchUp).toHaveBeenCalledTimes(1);
  await pass(540_000);
  expect(socket().of('follow')).toHaveLength(3);
});

it('renews by what expires first', async () => {
  await connected(600_000);
  realtime.follow(follower(['tasks']));
  await pass(0);
  socket().accepts(1_200_000);
  await pass(540_000);
  expect(socket().of('follow').at(-1)).toMatchObject({ topics: ['orders', 'tasks'] });
});

it('renews in good time where the clock is slow by years', async () => {
  await connected(10 ** 11);
  await pass(LATEST_RENEWAL_MS - 1);
  expect(socket().of('follow')).toHaveLength(1);
  await pass(1);
  expect(socket().of('follow')).toHaveLength(2);
});

it('renews at once what is about to end, and not over and over where the clock is fast by years', async () => {
  await connected(-(10 ** 11));
  await pass(0);
  expect(socket().of('follow')).toHaveLength(2);
  socket().accepts(-(10 ** 11));
  await pass(SOONEST_RENEWAL_MS - 1);
  expect(socket().of('follow')).toHaveLength(2);
  await pass(1);
  expect(socket().of('follow')).toHaveLength(3);
});

it('tries a token that is refused once more with a new one, and then no more', async () => {
  const heard = follower(['orders']);
  realtime.follow(heard);
  await pass(0);
  socket().opens();
  await pass(0);
  socket().refuses('expiredToken');
  await pass(0);
  expect(socket().of('follow').at(-1)).toMatchObject({ token: 'renewed-token' });
  socket().refuses('expiredToken');
  await pass(600_000);
  expect(socket().of('follow')).toHaveLength(2);
  expect(heard.onState).toHaveBeenLastCalledWith('refused');
});

it('takes a refusal that no token changes as it is', async () => {
  const heard = follower(['order:ord_2'], 'wrong');
  realtime.follow(heard);
  await pass(0);
  socket().opens();
  await pass(0);
  socket().refuses('notAllowed');
  expect(heard.onState).toHaveBeenLastCalledWith('refused');
  expect(socket().of('follow')).toHaveLength(1);
});

it('has nothing to follow with for a guest without a link', async () => {
  token.mockResolvedValue(undefined);
  const heard = follower(['orders']);
  realtime.follow(heard);
  await pass(0);
  socket().opens();
  await pass(0);
  expect(socket().sent).toEqual([]);
  expect(heard.onState).toHaveBeenLastCalledWith('refused');
});

it('begins anew for whoever signs in next, without what the one before followed', async () => {
  const { end, heard } = await connected();
  const [before] = sockets;
  end();
  const next = follower(['tasks']);
  realtime.follow(next);
  realtime.restart();
  expect(before?.isClosed).toBe(true);
  token.mockResolvedValue('another-token');
  await pass(0);
  socket().opens();
  await pass(0);
  expect(sockets).toHaveLength(2);
  expect(socket().sent).toMatchObject([{ topics: ['tasks'], token: 'another-token' }]);
  before?.tells('evt_1', ['orders']);
  expect(heard.onEvent).not.toHaveBeenCalled();
});
