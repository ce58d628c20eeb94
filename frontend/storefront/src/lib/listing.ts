import {
  type Facets,
  formatMoney,
  type SearchQuery,
  type SearchResult,
  type SearchSort,
} from '@ironmonger/api';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from './api';
import { PAGE_SIZE } from './catalogue';

/** What the address of a listing says. Everything is optional; nothing is everything. */
export interface ListingSearch {
  q?: string;
  category?: string;
  /** Slugs. */
  brand?: string[];
  /** Minor units. */
  minPrice?: number;
  maxPrice?: number;
  minRating?: number;
  inStock?: true;
  sort?: SearchSort;
  /** How many pages are shown, so that going back and sharing show the same. */
  pages?: number;
}

export const SORTS: readonly { value: SearchSort; label: string }[] = [
  { value: 'relevance', label: 'Best match' },
  { value: 'price', label: 'Price, lowest first' },
  { value: '-price', label: 'Price, highest first' },
  { value: 'rating', label: 'Best rated' },
  { value: 'newest', label: 'Newest' },
  { value: 'title', label: 'Name' },
];

const MAX_PAGES = 50;
const MAX_BRANDS = 20;
const MAX_WORDS = 200;

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.trim().slice(0, MAX_WORDS) || undefined;
}

function whole(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = value === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}

/** Reads a listing's address; what makes no sense in it is dropped. */
export function parseListing(search: Record<string, unknown>): ListingSearch {
  const brands = Array.isArray(search.brand) ? search.brand : (text(search.brand)?.split(',') ?? []);
  const brand = [...new Set(brands.filter((slug) => typeof slug === 'string' && slug !== ''))] as string[];
  const pages = whole(search.pages, 2, Number.MAX_SAFE_INTEGER);
  const sort = SORTS.find(({ value }) => value === search.sort)?.value;
  const q = text(search.q);
  const category = text(search.category);
  const minPrice = whole(search.minPrice, 0, Number.MAX_SAFE_INTEGER);
  const maxPrice = whole(search.maxPrice, 0, Number.MAX_SAFE_INTEGER);
  const minRating = whole(search.minRating, 1, 5);
  return {
    ...(q && { q }),
    ...(category && { category }),
    ...(brand.length > 0 && { brand: brand.slice(0, MAX_BRANDS) }),
    ...(minPrice !== undefined && { minPrice }),
    ...(maxPrice !== undefined && { maxPrice }),
    ...(minRating !== undefined && { minRating }),
    ...((search.inStock === 'true' || search.inStock === true) && { inStock: true as const }),
    ...(sort && { sort }),
    ...(pages !== undefined && { pages: Math.min(pages, MAX_PAGES) }),
  };
}

/** The same listing with some of it changed: from its first page on. */
export function changed(
  search: ListingSearch,
  change: { [Part in keyof ListingSearch]?: ListingSearch[Part] | undefined },
): ListingSearch {
  return parseListing({ ...search, pages: undefined, ...change });
}

/** The same listing without filters; words and order stay. */
export function withoutFilters({ q, sort }: ListingSearch): ListingSearch {
  return { ...(q && { q }), ...(sort && { sort }) };
}

/** A filter that is set, in words, and the listing without it. */
export interface Chip {
  key: string;
  label: string;
  without: ListingSearch;
}

function titleIn(facet: readonly { slug: string; title: string }[] | undefined, slug: string): string {
  return facet?.find((entry) => entry.slug === slug)?.title ?? slug.replaceAll('-', ' ');
}

/** A range of prices in words; either end may be open. */
export function priceWords(
  from: number | undefined,
  to: number | null | undefined,
  currency: string,
): string {
  const low = from ? formatMoney({ amount: from, currency }) : undefined;
  const high = to != null ? formatMoney({ amount: to, currency }) : undefined;
  if (low && high) return `${low} to ${high}`;
  if (high) return `Up to ${high}`;
  return low ? `${low} and more` : 'Any price';
}

export function ratingWords(least: number): string {
  return least === 5 ? '5 stars' : `${least} stars and more`;
}

/** The filters that are set. A category page's own category is none of them. */
export function chipsOf(search: ListingSearch, facets: Facets | undefined, currency: string): Chip[] {
  const { category, brand = [], minPrice, maxPrice, minRating, inStock } = search;
  const chips: Chip[] = [];
  if (category) {
    const label = titleIn(facets?.categories, category);
    chips.push({ key: 'category', label, without: changed(search, { category: undefined }) });
  }
  for (const slug of brand) {
    const rest = brand.filter((other) => other !== slug);
    const without = changed(search, { brand: rest });
    chips.push({ key: `brand ${slug}`, label: titleIn(facets?.brands, slug), without });
  }
  if (minPrice !== undefined || maxPrice !== undefined) {
    const label = priceWords(minPrice, maxPrice, currency);
    chips.push({
      key: 'price',
      label,
      without: changed(search, { minPrice: undefined, maxPrice: undefined }),
    });
  }
  if (minRating !== undefined) {
    const label = ratingWords(minRating);
    chips.push({ key: 'rating', label, without: changed(search, { minRating: undefined }) });
  }
  if (inStock)
    chips.push({ key: 'stock', label: 'In stock', without: changed(search, { inStock: undefined }) });
  return chips;
}

/** The API's question for a listing; `category` is that of a category's page. */
export function toQuery(search: ListingSearch, category: string | undefined): SearchQuery {
  const { pages: _, ...query } = search;
  return { ...query, category: search.category ?? category };
}

/** A listing, page by page. While another filter's answer is on its way the last one stays. */
export function listingQuery(query: SearchQuery) {
  return infiniteQueryOptions({
    queryKey: ['search', 'listing', query],
    queryFn: ({ pageParam, signal }): Promise<SearchResult> =>
      api.search({ ...query, cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
