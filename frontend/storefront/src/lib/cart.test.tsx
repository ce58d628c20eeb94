import { ApiError, type Cart, type CartItem, readProblem } from '@ironmonger/api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { api } from './api';
import {
  changeLine,
  countPieces,
  formerPrice,
  loadCart,
  readSeenPrices,
  shortage,
  useCart,
  useChangeLine,
  withNewPrices,
} from './cart';

const line = (sku: string, quantity: number, amount = 500, available = 50): CartItem => ({
  sku,
  productId: 'prd_1',
  slug: 'thing',
  title: 'Thing',
  variantTitle: '',
  image: null,
  unitPrice: { amount, currency: 'GBP' },
  quantity,
  lineTotal: { amount: amount * quantity, currency: 'GBP' },
  available,
});

const cart = (id: string, ...items: CartItem[]): Cart => ({
  id,
  version: 1,
  items,
  subtotal: { amount: 0, currency: 'GBP' },
  expiresAt: '2026-12-01T00:00:00Z',
});

const notFound = () => Promise.reject(new ApiError(readProblem(404, null)));
const rememberCart = (id: string) => localStorage.setItem('ironmonger.cart', JSON.stringify(id));
const rememberedCart = () => JSON.parse(localStorage.getItem('ironmonger.cart') ?? 'null') as unknown;

describe('loadCart', () => {
  it('asks for nothing when there is no cart', async () => {
    const get = vi.spyOn(api, 'getCart');
    expect(await loadCart()).toBeNull();
    expect(get).not.toHaveBeenCalled();
  });

  it('forgets a cart that has expired', async () => {
    rememberCart('crt_old');
    vi.spyOn(api, 'getCart').mockImplementation(notFound);
    expect(await loadCart()).toBeNull();
    expect(rememberedCart()).toBeNull();
  });

  it('keeps the cart when the shop cannot answer', async () => {
    rememberCart('crt_1');
    vi.spyOn(api, 'getCart').mockRejectedValue(new ApiError(readProblem(503, null)));
    await expect(loadCart()).rejects.toBeInstanceOf(ApiError);
    expect(rememberedCart()).toBe('crt_1');
  });
});

describe('changeLine', () => {
  it('makes a cart for the first thing put into it', async () => {
    vi.spyOn(api, 'createCart').mockResolvedValue(cart('crt_new'));
    const put = vi.spyOn(api, 'putCartItem').mockResolvedValue(cart('crt_new', line('A', 2)));
    expect(countPieces(await changeLine('A', 2))).toBe(2);
    expect(put).toHaveBeenCalledWith('crt_new', 'A', 2);
    expect(rememberedCart()).toBe('crt_new');
  });

  it('makes a new cart when the old one has expired', async () => {
    rememberCart('crt_old');
    vi.spyOn(api, 'getCart').mockImplementation(notFound);
    vi.spyOn(api, 'createCart').mockResolvedValue(cart('crt_new'));
    vi.spyOn(api, 'putCartItem').mockImplementation((id) =>
      id === 'crt_old' ? notFound() : Promise.resolve(cart(id, line('A', 1))),
    );
    expect((await changeLine('A', 1)).id).toBe('crt_new');
  });

  it('does not throw a good cart away for an unknown SKU', async () => {
    rememberCart('crt_1');
    vi.spyOn(api, 'getCart').mockResolvedValue(cart('crt_1', line('A', 1)));
    const create = vi.spyOn(api, 'createCart');
    vi.spyOn(api, 'putCartItem').mockImplementation(notFound);
    await expect(changeLine('nonsense', 1)).rejects.toBeInstanceOf(ApiError);
    expect(create).not.toHaveBeenCalled();
    expect(rememberedCart()).toBe('crt_1');
  });

  it('removes a line for the quantity 0', async () => {
    rememberCart('crt_1');
    const remove = vi.spyOn(api, 'deleteCartItem').mockResolvedValue(cart('crt_1'));
    await changeLine('A', 0);
    expect(remove).toHaveBeenCalledWith('crt_1', 'A');
  });
});

describe('useChangeLine', () => {
  function hooks() {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    return renderHook(() => ({ cart: useCart(), change: useChangeLine() }), { wrapper });
  }

  it('adds to what the cart holds now and shows the answer at once', async () => {
    rememberCart('crt_1');
    vi.spyOn(api, 'getCart').mockResolvedValue(cart('crt_1', line('A', 3)));
    const put = vi
      .spyOn(api, 'putCartItem')
      .mockImplementation(async (id, sku, quantity) => cart(id, line(sku, quantity)));
    const { result } = hooks();
    await act(() => result.current.change.mutateAsync({ sku: 'A', add: 2 }));
    expect(put).toHaveBeenCalledWith('crt_1', 'A', 5);
    await waitFor(() => expect(countPieces(result.current.cart.data)).toBe(5));
  });

  it('sends changes one after the other, in the order of the clicks', async () => {
    rememberCart('crt_1');
    vi.spyOn(api, 'getCart').mockResolvedValue(cart('crt_1', line('A', 1)));
    const started: number[] = [];
    let running = 0;
    vi.spyOn(api, 'putCartItem').mockImplementation(async (id, sku, quantity) => {
      running += 1;
      expect(running).toBe(1);
      started.push(quantity);
      await Promise.resolve();
      running -= 1;
      return cart(id, line(sku, quantity));
    });
    const { result } = hooks();
    act(() => {
      for (const quantity of [2, 3, 4]) result.current.change.mutate({ sku: 'A', quantity });
    });
    await waitFor(() => expect(started).toEqual([2, 3, 4]));
    await waitFor(() => expect(countPieces(result.current.cart.data)).toBe(4));
  });
});

describe('warnings', () => {
  it('tell what stands in a line’s way', () => {
    expect(shortage(line('A', 2, 500, 2))).toBeUndefined();
    expect(shortage(line('A', 3, 500, 2))).toBe('tooMany');
    expect(shortage(line('A', 1, 500, 0))).toBe('soldOut');
  });

  it('keep the price first seen until it is accepted, and forget removed lines', async () => {
    rememberCart('crt_1');
    const get = vi.spyOn(api, 'getCart').mockResolvedValue(cart('crt_1', line('A', 1, 500), line('B', 1)));
    await loadCart();
    get.mockResolvedValue(cart('crt_1', line('A', 1, 650)));
    const now = await loadCart();
    const seen = readSeenPrices();
    expect(Object.keys(seen)).toEqual(['A']);
    expect(now && formerPrice(now.items[0] as CartItem, seen)).toEqual({ amount: 500, currency: 'GBP' });
    expect(formerPrice(line('A', 1, 650), withNewPrices(now, {}))).toBeUndefined();
  });
});
