import type { Product, Variant } from '@ironmonger/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** Products per page of a listing: fills rows of two, three and four. */
export const PAGE_SIZE = 12;

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => api.listCategories(signal),
  staleTime: 5 * 60_000,
});

export const shopWindowQuery = queryOptions({
  queryKey: ['products', 'window'],
  queryFn: ({ signal }) => api.listProducts({ limit: 14 }, signal),
});

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
