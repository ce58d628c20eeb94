import { ApiError, type Cart, readProblem } from '@ironmonger/api';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claimNotice, followIdentity, settleIn } from './account';
import { api } from './api';
import { adoptCart, cartQuery, changeLine, forgetCart } from './cart';
import { identity } from './identity';

const cart = (id: string): Cart => ({
  id,
  version: 1,
  items: [],
  subtotal: { amount: 0, currency: 'GBP' },
  expiresAt: '2026-12-01T00:00:00Z',
});

const notFound = () => Promise.reject(new ApiError(readProblem(404, null)));
const rememberCart = (id: string) => localStorage.setItem('ironmonger.cart', JSON.stringify(id));
const rememberedCart = () => JSON.parse(localStorage.getItem('ironmonger.cart') ?? 'null') as unknown;

const ADA = { status: 'signedIn', user: { id: 'u1', email: 'ada@example.org', groups: [] } } as const;
const GUEST = { status: 'guest' } as const;

afterEach(() => {
  vi.restoreAllMocks();
  forgetCart();
});

describe('adoptCart', () => {
  it('puts the guest’s cart into the account’s, which is used from then on', async () => {
    rememberCart('crt_guest');
    const merge = vi.spyOn(api, 'mergeCart').mockResolvedValue({ ...cart('crt_mine'), leftOut: [] });
    expect(await adoptCart()).toEqual({ cart: cart('crt_mine'), leftOut: 0 });
    expect(merge).toHaveBeenCalledWith('crt_guest');
    expect(rememberedCart()).toBe('crt_mine');
  });

  it('takes up the account’s cart where the guest has none', async () => {
    vi.spyOn(api, 'getMyCart').mockResolvedValue(cart('crt_mine'));
    expect((await adoptCart()).cart?.id).toBe('crt_mine');
    expect(rememberedCart()).toBe('crt_mine');
  });

  it('is without a cart where there is neither', async () => {
    rememberCart('crt_expired');
    vi.spyOn(api, 'mergeCart').mockImplementation(notFound);
    expect(await adoptCart()).toEqual({ cart: null, leftOut: 0 });
    expect(rememberedCart()).toBeNull();
  });

  it('keeps the guest’s cart when the shop cannot answer', async () => {
    rememberCart('crt_guest');
    vi.spyOn(api, 'mergeCart').mockRejectedValue(new ApiError(readProblem(503, null)));
    await expect(adoptCart()).rejects.toBeInstanceOf(ApiError);
    expect(rememberedCart()).toBe('crt_guest');
  });

  it('makes the first cart of somebody signed in their account’s', async () => {
    vi.spyOn(identity, 'state').mockReturnValue(ADA);
    vi.spyOn(api, 'createCart').mockResolvedValue(cart('crt_new'));
    vi.spyOn(api, 'putCartItem').mockResolvedValue(cart('crt_new'));
    vi.spyOn(api, 'mergeCart').mockResolvedValue({ ...cart('crt_mine'), leftOut: [] });
    expect((await changeLine('A', 1)).id).toBe('crt_mine');
  });
});

describe('settleIn', () => {
  it('merges, claims until nothing is left, and says what came of it', async () => {
    rememberCart('crt_guest');
    const merged = { ...cart('crt_mine'), leftOut: [{ sku: 'A', quantity: 1 }] };
    vi.spyOn(api, 'mergeCart').mockResolvedValue(merged);
    const claim = vi
      .spyOn(api, 'claimOrders')
      .mockResolvedValueOnce({ claimed: 200, more: true })
      .mockResolvedValueOnce({ claimed: 3, more: false });
    const client = new QueryClient();
    const notice = await settleIn(client);
    expect(notice).toMatch(/^203 earlier orders.*one article found no room/);
    expect(claim).toHaveBeenCalledTimes(2);
    expect(client.getQueryData<Cart>(cartQuery.queryKey)?.id).toBe('crt_mine');
  });

  it('does not stand in the way of being signed in', async () => {
    rememberCart('crt_guest');
    vi.spyOn(api, 'mergeCart').mockRejectedValue(new ApiError(readProblem(503, null)));
    vi.spyOn(api, 'claimOrders').mockRejectedValue(new ApiError(readProblem(403, null)));
    expect(await settleIn(new QueryClient())).toBeUndefined();
    expect(rememberedCart()).toBe('crt_guest');
  });

  it('has nothing to say of no orders', () => {
    expect(claimNotice(0)).toBeUndefined();
    expect(claimNotice(1)).toMatch(/^An earlier order/);
  });
});

describe('followIdentity', () => {
  function following(first: typeof ADA | typeof GUEST) {
    let changed: () => void = () => undefined;
    vi.spyOn(identity, 'subscribe').mockImplementation((listener) => {
      changed = listener;
      return () => undefined;
    });
    const state = vi.spyOn(identity, 'state').mockReturnValue(first);
    const client = new QueryClient();
    client.setQueryData(['me', 'profile'], 'mine');
    client.setQueryData(['categories'], 'everybody’s');
    client.setQueryData(cartQuery.queryKey, cart('crt_mine'));
    rememberCart('crt_mine');
    followIdentity(client);
    return {
      client,
      become: (next: typeof ADA | typeof GUEST) => {
        state.mockReturnValue(next);
        changed();
      },
    };
  }

  it('leaves nothing of somebody’s behind when they sign out', () => {
    const { client, become } = following(ADA);
    become(GUEST);
    expect(client.getQueryData(['me', 'profile'])).toBeUndefined();
    expect(client.getQueryData(cartQuery.queryKey)).toBeNull();
    expect(rememberedCart()).toBeNull();
    expect(client.getQueryData(['categories'])).toBe('everybody’s');
  });

  it('keeps the guest’s cart for the account when they sign in', () => {
    const { become } = following(GUEST);
    become(ADA);
    expect(rememberedCart()).toBe('crt_mine');
  });
});
