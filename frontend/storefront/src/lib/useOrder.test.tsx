import { ApiError, type Order, readProblem } from '@ironmonger/api';
import { RealtimeContext } from '@ironmonger/realtime/react';
import { fakeRealtime } from '@ironmonger/realtime/test-kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api';
import { type OrderAccess, useNow, useOrder } from './useOrder';

const order = (status: Order['status']) =>
  ({ id: 'ord_1', status, timeline: [], shipments: [] }) as unknown as Order;

function follow() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useOrder('ord_1', { kind: 'link', token: 'token' }), { wrapper });
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('useOrder', () => {
  it('follows an order to its end and then asks no more', async () => {
    const get = vi
      .spyOn(api, 'getOrder')
      .mockResolvedValueOnce(order('paid'))
      .mockResolvedValueOnce(order('fulfilling'))
      .mockResolvedValue(order('fulfilled'));
    const { result } = follow();
    await pass(10);
    expect(result.current.query.data?.status).toBe('paid');
    await pass(2_100);
    expect(result.current.query.data?.status).toBe('fulfilling');
    await pass(2_100);
    expect(result.current.query.data?.status).toBe('fulfilled');
    await pass(600_000);
    expect(get).toHaveBeenCalledTimes(3);
  });

  it('asks more seldom the longer nothing changes', async () => {
    const get = vi.spyOn(api, 'getOrder').mockResolvedValue(order('fulfilling'));
    follow();
    await pass(10 * 60_000);
    const soFar = get.mock.calls.length;
    await pass(60_000);
    expect(get.mock.calls.length - soFar).toBe(4);
  });

  it('goes on after an answer that failed, and keeps what it knows', async () => {
    const get = vi
      .spyOn(api, 'getOrder')
      .mockResolvedValueOnce(order('paid'))
      .mockRejectedValueOnce(new ApiError(readProblem(503, null)))
      .mockResolvedValue(order('fulfilled'));
    const { result } = follow();
    await pass(2_100);
    expect(get).toHaveBeenCalledTimes(2);
    expect(result.current.query.data?.status).toBe('paid');
    await pass(2_100);
    expect(result.current.query.data?.status).toBe('fulfilled');
  });

  it('does not go on asking for an order that is not there', async () => {
    const get = vi.spyOn(api, 'getOrder').mockRejectedValue(new ApiError(readProblem(404, null)));
    follow();
    await pass(60_000);
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe('useOrder, told of what happens', () => {
  let fake: ReturnType<typeof fakeRealtime>;
  beforeEach(() => {
    fake = fakeRealtime();
  });
  afterEach(() => fake.realtime.stop());

  function followLive(access: OrderAccess = { kind: 'link', token: 'token' }) {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <RealtimeContext value={fake.realtime}>{children}</RealtimeContext>
      </QueryClientProvider>
    );
    return renderHook(() => useOrder('ord_1', access), { wrapper });
  }

  async function welcome() {
    await pass(10);
    await act(async () => fake.socket().opens());
    await act(async () => fake.socket().accepts());
    await pass(300);
  }

  const hears = (id: string) => act(async () => fake.socket().tells(id, ['order:ord_1']));

  it('asks when something happened, and hardly ever by itself', async () => {
    const get = vi.spyOn(api, 'getOrder').mockResolvedValue(order('fulfilling'));
    const { result } = followLive();
    await welcome();
    expect(fake.socket().sent).toMatchObject([{ topics: ['order:ord_1'], orderToken: 'token' }]);
    expect(result.current.liveness).toBe('live');
    const before = get.mock.calls.length;
    await pass(100_000);
    expect(get).toHaveBeenCalledTimes(before);
    await hears('evt_1');
    await pass(300);
    expect(get).toHaveBeenCalledTimes(before + 1);
    await pass(600_000);
    expect(get.mock.calls.length - before).toBeLessThanOrEqual(6);
  });

  it('asks every few seconds while it is cut off, and at once when it is back', async () => {
    const get = vi.spyOn(api, 'getOrder').mockResolvedValue(order('fulfilling'));
    const { result } = followLive();
    await welcome();
    await act(async () => fake.socket().breaks());
    expect(result.current.liveness).toBe('reconnecting');
    const before = get.mock.calls.length;
    await pass(9_000);
    expect(get.mock.calls.length - before).toBeGreaterThanOrEqual(3);
    const back = get.mock.calls.length;
    await welcome();
    expect(result.current.liveness).toBe('live');
    expect(get.mock.calls.length).toBeGreaterThan(back);
  });

  it('follows an order of the account as whoever is signed in, and lets go of it at its end', async () => {
    const get = vi.spyOn(api, 'getMyOrder').mockResolvedValue(order('fulfilling'));
    followLive({ kind: 'account' });
    await welcome();
    expect(fake.socket().sent).toMatchObject([{ topics: ['order:ord_1'], token: 'token' }]);
    get.mockResolvedValue(order('fulfilled'));
    await hears('evt_1');
    await pass(1_000);
    await pass(10_000);
    expect(fake.socket().isClosed).toBe(true);
  });
});

describe('useNow', () => {
  it('ticks each second, and not at all when it need not', async () => {
    const ticking = renderHook(() => useNow(true));
    const still = renderHook(() => useNow(false));
    const before = { ticking: ticking.result.current, still: still.result.current };
    await pass(3_000);
    expect(ticking.result.current - before.ticking).toBe(3_000);
    expect(still.result.current).toBe(before.still);
  });
});
