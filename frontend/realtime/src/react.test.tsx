import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FollowOptions, RealtimeContext, useFollow } from './react';
import { fakeRealtime, pass } from './test-kit';

let fake: ReturnType<typeof fakeRealtime>;
beforeEach(() => {
  vi.useFakeTimers();
  fake = fakeRealtime();
});
afterEach(() => {
  cleanup();
  fake.realtime.stop();
  vi.useRealTimers();
});

function show(options: FollowOptions, topics = ['orders']) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <RealtimeContext value={fake.realtime}>{children}</RealtimeContext>
  );
  return renderHook((changed: Partial<FollowOptions>) => useFollow(topics, { ...options, ...changed }), {
    wrapper,
    initialProps: {},
  });
}

const wait = (milliseconds: number) => act(() => pass(milliseconds));

async function welcome() {
  await wait(0);
  await act(async () => fake.socket().opens());
  await act(async () => fake.socket().accepts());
}

it('refreshes a page once for a burst, and once after it may have missed something', async () => {
  const refresh = vi.fn();
  const { result } = show({ refresh });
  expect(result.current).toBe('connecting');
  await welcome();
  expect(result.current).toBe('live');
  await wait(300);
  expect(refresh).toHaveBeenCalledTimes(1);
  for (const id of ['evt_1', 'evt_2', 'evt_3']) fake.socket().tells(id, ['orders']);
  await wait(300);
  expect(refresh).toHaveBeenCalledTimes(2);
  await act(async () => fake.socket().breaks());
  expect(result.current).toBe('reconnecting');
  await wait(750);
  await welcome();
  await wait(300);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it('leaves out what does not matter, and what the event itself told', async () => {
  const refresh = vi.fn();
  show({
    refresh,
    matters: ({ orderId }) => orderId !== 'ord_2',
    take: ({ event }) => event === 'QueueDepths',
  });
  await welcome();
  await wait(300);
  refresh.mockClear();
  fake.socket().tells('evt_1', ['orders'], { orderId: 'ord_2' });
  fake.socket().tells('evt_2', ['orders'], { event: 'QueueDepths' });
  await wait(5_000);
  expect(refresh).not.toHaveBeenCalled();
  fake.socket().tells('evt_3', ['orders']);
  await wait(300);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('polls where the server refuses, and where there is no real time', async () => {
  const { result } = show({ refresh: vi.fn(), orderToken: 'wrong' }, ['order:ord_1']);
  await wait(0);
  await act(async () => fake.socket().opens());
  await act(async () => fake.socket().refuses('notAllowed'));
  expect(result.current).toBe('polling');
  expect(renderHook(() => useFollow(['orders'], { refresh: vi.fn() })).result.current).toBe('polling');
});

it('stops when there is nothing left to follow, and with the page', async () => {
  const refresh = vi.fn();
  const { rerender, unmount } = show({ refresh });
  await welcome();
  rerender({ enabled: false });
  fake.socket().tells('evt_1', ['orders']);
  await wait(10_000);
  expect(refresh).not.toHaveBeenCalled();
  expect(fake.socket().isClosed).toBe(true);
  rerender({ enabled: true });
  await welcome();
  unmount();
  await wait(10_000);
  expect(fake.socket().isClosed).toBe(true);
});
