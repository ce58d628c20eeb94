import type { Category, ListingItem, Product, Ref, Variant } from '@ironmonger/api';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** Products per page of a listing: fills rows of two, three and four. */
export const PAGE_SIZE = 12;

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => api.listCategories(signal),
  staleTime: 5 * 60_000,
});

/** The categories at the top of the tree. */
export function departments(categories: readonly Category[] | undefined): Category[] {
  return (categories ?? []).filter(({ parent }) => parent == null);
}

/** The categories that have none below them: what the goods themselves stand in. */
export function drawers(categories: readonly Category[] | undefined): Category[] {
  const parents = new Set((categories ?? []).map(({ parent }) => parent));
  return (categories ?? []).filter(({ slug }) => !parents.has(slug));
}

/** The categories right below one. */
export function categoriesBelow(categories: readonly Category[] | undefined, slug: string): Category[] {
  return (categories ?? []).filter(({ parent }) => parent === slug);
}

/** The way from the top of the tree down to a category, itself included. */
export function pathTo(categories: readonly Category[] | undefined, slug: string): Category[] {
  const path: Category[] = [];
  let next: string | null = slug;
  while (next !== null) {
    const here: Category | undefined = categories?.find((category) => category.slug === next);
    if (!here || path.includes(here)) break;
    path.unshift(here);
    next = here.parent ?? null;
  }
  return path;
}

/** The way to a product: down to the deepest of its categories. */
export function pathToProduct(categories: readonly Category[] | undefined, product: Product): Ref[] {
  const paths = product.categories.map(({ slug }) => pathTo(categories, slug));
  const longest = paths.reduce((best, path) => (path.length > best.length ? path : best), [] as Ref[]);
  return longest.length > 0 ? longest : product.categories.slice(0, 1);
}

/** How many drawers the shop window draws on, and how many products of each it looks at. */
const WINDOW_DRAWERS = 12;
const WINDOW_DEPTH = 4;

/**
 * Goods for the window, taken from the drawers in turn; those with a picture and in stock come
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
        drawers(items)
          .slice(0, WINDOW_DRAWERS)
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

/** How many related products a page shows. */
const RELATED = 4;

/** Other products of the same category. */
export function relatedQuery(product: Product | undefined, category: string | undefined) {
  return queryOptions({
    queryKey: ['search', 'related', category ?? null],
    queryFn: ({ signal }) => api.search({ category, limit: RELATED + 1 }, signal),
    enabled: product !== undefined && category !== undefined,
    staleTime: 5 * 60_000,
    select: ({ items }) => items.filter(({ id }) => id !== product?.id).slice(0, RELATED),
  });
}

/** How much there is, in words a shopper can act on. */
export function stockHint(available: number): { text: string; tone: 'good' | 'low' | 'out' } {
  if (available <= 0) return { text: 'Sold out', tone: 'out' };
  if (available <= LOW_STOCK) return { text: `Only ${available} left`, tone: 'low' };
  return { text: 'In stock', tone: 'good' };
}
