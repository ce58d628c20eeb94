import type { ListingItem, Product, Variant } from '@ironmonger/api';
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** Products per page of a listing: fills rows of two, three and four. */
export const PAGE_SIZE = 12;

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => api.listCategories(signal),
  staleTime: 5 * 60_000,
});

/** How many departments the shop window draws on, and how many products of each it looks at. */
const WINDOW_DEPARTMENTS = 12;
const WINDOW_DEPTH = 4;

/**
 * Goods for the window, taken from the departments in turn; those with a picture and in stock come
 * first.
 */
export function dressWindow(shelves: readonly (readonly ListingItem[])[], count: number): ListingItem[] {
  const depth = Math.max(0, ...shelves.map((shelf) => shelf.length));
  const inTurn = Array.from({ length: depth }, (_, place) =>
    shelves.flatMap((shelf) => shelf[place] ?? []),
  ).flat();
  const once = [...new Map(inTurn.map((item) => [item.id, item])).values()];
  const showy = (item: ListingItem) => item.image != null && item.inStock;
  return [...once.filter(showy), ...once.filter((item) => !showy(item))].slice(0, count);
}

/** What the landing page shows: `count` products from all over the shop. */
export function shopWindowQuery(client: QueryClient, count: number) {
  return queryOptions({
    queryKey: ['products', 'window', count],
    queryFn: async ({ signal }) => {
      const { items } = await client.ensureQueryData(categoriesQuery);
      const shelves = await Promise.all(
        items
          .slice(0, WINDOW_DEPARTMENTS)
          .map(({ slug }) => api.listProducts({ category: slug, limit: WINDOW_DEPTH }, signal)),
      );
      return dressWindow(
        shelves.map((shelf) => shelf.items),
        count,
      );
    },
    staleTime: 5 * 60_000,
  });
}

/** A listing, page by page. */
export function listingQuery(category: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['products', 'listing', category ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.listProducts({ category, cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function productQuery(slug: string) {
  return queryOptions({
    queryKey: ['product', slug],
    queryFn: ({ signal }) => api.getProduct(slug, signal),
    staleTime: 10_000,
  });
}

/** The values chosen for a product's options, by the option's name. */
export type Choice = Readonly<Record<string, string>>;

/** The variant that has exactly the chosen values. */
export function variantFor(product: Product, choice: Choice): Variant | undefined {
  return product.variants.find((variant) =>
    product.options.every(({ name }) => variant.options[name] === choice[name]),
  );
}

/** What to show chosen at first: the variant asked for by the address, else the first in stock. */
export function firstChoice(product: Product, sku?: string): Choice {
  const variant =
    product.variants.find((candidate) => candidate.sku === sku) ??
    product.variants.find((candidate) => candidate.available > 0) ??
    product.variants[0];
  return variant?.options ?? {};
}

/** What an option's value leads to with the other choices as they are. */
export type ValueState = 'available' | 'soldOut' | 'notMade';

export function valueState(product: Product, choice: Choice, option: string, value: string): ValueState {
  const variant = variantFor(product, { ...choice, [option]: value });
  if (!variant) return 'notMade';
  return variant.available > 0 ? 'available' : 'soldOut';
}

/** Few enough to say the number. */
const LOW_STOCK = 10;

/** How much there is, in words a shopper can act on. */
export function stockHint(available: number): { text: string; tone: 'good' | 'low' | 'out' } {
  if (available <= 0) return { text: 'Sold out', tone: 'out' };
  if (available <= LOW_STOCK) return { text: `Only ${available} left`, tone: 'low' };
  return { text: 'In stock', tone: 'good' };
}
