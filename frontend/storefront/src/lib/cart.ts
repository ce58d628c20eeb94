import { type Cart, type CartItem, isNotFound, type Money } from '@ironmonger/api';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { identity } from './identity';
import { sameMoney } from './money';
import { parseRecord, parseText, slot } from './storage';

const cartId = slot('local', 'cart', parseText);

/** The price at which a line was last shown, by SKU. */
export type SeenPrices = Record<string, Money>;

const seenPrices = slot<SeenPrices>('local', 'seen-prices', (value) => {
  const prices: SeenPrices = {};
  for (const [sku, entry] of Object.entries(parseRecord(value) ?? {})) {
    const { amount, currency } = parseRecord(entry) ?? {};
    if (typeof amount === 'number' && typeof currency === 'string') prices[sku] = { amount, currency };
  }
  return prices;
});

/** Prices are remembered as first seen, so that a change stays noticeable until it is accepted. */
export function withNewPrices(cart: Cart | null, seen: SeenPrices): SeenPrices {
  return Object.fromEntries((cart?.items ?? []).map(({ sku, unitPrice }) => [sku, seen[sku] ?? unitPrice]));
}

/** What a line cost when the shopper last saw it, if that is no longer its price. */
export function formerPrice(item: CartItem, seen: SeenPrices): Money | undefined {
  const before = seen[item.sku];
  return before && !sameMoney(before, item.unitPrice) ? before : undefined;
}

/** What stands in the way of ordering a line. */
export function shortage(item: CartItem): 'soldOut' | 'tooMany' | undefined {
  if (item.available <= 0) return 'soldOut';
  return item.available < item.quantity ? 'tooMany' : undefined;
}

/** Pieces in the cart, over all lines. */
export function countPieces(cart: Cart | null | undefined): number {
  return (cart?.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
}

function keep(cart: Cart): Cart {
  cartId.write(cart.id);
  seenPrices.write(withNewPrices(cart, seenPrices.read() ?? {}));
  return cart;
}

/** The shopper's cart; `null` when there is none. One that has expired is forgotten. */
export async function loadCart(signal?: AbortSignal): Promise<Cart | null> {
  const id = cartId.read();
  if (id === undefined) return null;
  try {
    return keep(await api.getCart(id, signal));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    forgetCart();
    return null;
  }
}

/** Sets a line's quantity; 0 removes it. Makes a cart where there is none or it has expired. */
export async function changeLine(sku: string, quantity: number): Promise<Cart> {
  const change = (id: string) =>
    quantity === 0 ? api.deleteCartItem(id, sku) : api.putCartItem(id, sku, quantity);
  const id = cartId.read();
  if (id !== undefined) {
    try {
      return keep(await change(id));
    } catch (error) {
      // 404 may mean the cart or the SKU: only when the cart itself is gone is a new one the answer.
      if (!isNotFound(error) || (await loadCart()) !== null) throw error;
    }
  }
  const cart = keep(await api.createCart());
  if (quantity === 0) return cart;
  const filled = keep(await change(cart.id));
  return identity.state().status === 'signedIn' ? ((await adoptCart()).cart ?? filled) : filled;
}

/** The cart of an account, and how many of the guest's lines found no room in it. */
export interface AdoptedCart {
  cart: Cart | null;
  leftOut: number;
}

/**
 * The account's cart with this browser's guest cart put into it; without a cart where there is
 * neither. A guest cart that has expired counts as none.
 */
export async function adoptCart(): Promise<AdoptedCart> {
  const guest = cartId.read();
  try {
    if (guest === undefined) return { cart: keep(await api.getMyCart()), leftOut: 0 };
    const { leftOut, ...cart } = await api.mergeCart(guest);
    return { cart: keep(cart), leftOut: leftOut.length };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    forgetCart();
    return { cart: null, leftOut: 0 };
  }
}

/** The cart has become an order, or is gone. */
export function forgetCart(): void {
  cartId.clear();
  seenPrices.clear();
}

export const cartQuery = queryOptions({
  queryKey: ['cart'],
  queryFn: ({ signal }) => loadCart(signal),
  staleTime: 5_000,
});

/** The shopper's cart, fresh each time a page that shows it opens. */
export function useCart() {
  return useQuery(cartQuery);
}

/** Changes lines of the cart one after the other, in the order asked for. */
export function useChangeLine() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'cart' },
    mutationFn: async ({ sku, ...change }: { sku: string } & ({ quantity: number } | { add: number })) => {
      if ('quantity' in change) return changeLine(sku, change.quantity);
      // "Add" counts from what the cart holds now, not from what this page saw earlier.
      const cart = await loadCart();
      const held = cart?.items.find((item) => item.sku === sku)?.quantity ?? 0;
      return changeLine(sku, held + change.add);
    },
    onMutate: () => client.cancelQueries({ queryKey: cartQuery.queryKey }),
    onSuccess: (cart) => client.setQueryData(cartQuery.queryKey, cart),
    onError: () => client.invalidateQueries({ queryKey: cartQuery.queryKey }),
  });
}

/** The prices that this shopper has seen, and how to accept the present ones. */
export function readSeenPrices(): SeenPrices {
  return seenPrices.read() ?? {};
}

export function acceptPrices(cart: Cart): void {
  seenPrices.write(withNewPrices(cart, {}));
}
