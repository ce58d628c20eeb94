import { ApiError, type Order, readProblem } from '@ironmonger/api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api';
import { useNow, useOrder } from './useOrder';

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
    expect(result.current.data?.status).toBe('paid');
    await pass(2_100);
    expect(result.current.data?.status).toBe('fulfilling');
    await pass(2_100);
    expect(result.current.data?.status).toBe('fulfilled');
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
    expect(result.current.data?.status).toBe('paid');
    await pass(2_100);
    expect(result.current.data?.status).toBe('fulfilled');
  });

  it('does not go on asking for an order that is not there', async () => {
    const get = vi.spyOn(api, 'getOrder').mockRejectedValue(new ApiError(readProblem(404, null)));
    follow();
    await pass(60_000);
    expect(get).toHaveBeenCalledTimes(1);
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
