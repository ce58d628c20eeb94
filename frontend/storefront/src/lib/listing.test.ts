import type { Facets } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import {
  changed,
  chipsOf,
  type ListingSearch,
  parseListing,
  priceWords,
  toQuery,
  withoutFilters,
} from './listing';
import { parseSearch, stringifySearch } from './url';

const FACETS: Facets = {
  categories: [{ slug: 'saws', title: 'Saws', parent: null, count: 3 }],
  brands: [{ slug: 'anvil', title: 'Anvil & Sons', count: 2 }],
  prices: [],
  ratings: [],
  inStock: { yes: 1, no: 0 },
};

const FULL: ListingSearch = {
  q: 'saw',
  category: 'saws',
  brand: ['anvil', 'blackwood'],
  minPrice: 500,
  maxPrice: 2500,
  minRating: 4,
  inStock: true,
  sort: '-price',
  pages: 3,
};

describe('a listing’s address', () => {
  it('says everything, and is read back as it was', () => {
    expect(parseListing(parseSearch(stringifySearch({ ...FULL })))).toEqual(FULL);
  });

  it('drops what makes no sense', () => {
    const nonsense = {
      q: '   ',
      brand: ',,',
      minPrice: '-5',
      maxPrice: 'lots',
      minRating: '9',
      inStock: 'maybe',
      sort: 'colour',
      pages: '1',
      other: 'x',
    };
    expect(parseListing(nonsense)).toEqual({});
  });

  it('has its limits', () => {
    expect(parseListing({ pages: '100000' }).pages).toBe(50);
    expect(parseListing({ q: 'x'.repeat(500) }).q).toHaveLength(200);
    expect(parseListing({ brand: Array.from({ length: 50 }, (_, n) => `b${n}`) }).brand).toHaveLength(20);
  });

  it('begins at the first page again when something else changes', () => {
    expect(changed(FULL, { brand: [] })).toEqual({
      q: 'saw',
      category: 'saws',
      minPrice: 500,
      maxPrice: 2500,
      minRating: 4,
      inStock: true,
      sort: '-price',
    });
  });

  it('keeps words and order when the filters go', () => {
    expect(withoutFilters(FULL)).toEqual({ q: 'saw', sort: '-price' });
  });

  it('asks for a category page’s own category, or for the one chosen below it', () => {
    expect(toQuery({ pages: 2 }, 'tools')).toEqual({ category: 'tools' });
    expect(toQuery({ category: 'saws' }, 'tools').category).toBe('saws');
  });
});

describe('chips', () => {
  it('name each filter that is set and lead to the listing without it', () => {
    const chips = chipsOf(FULL, FACETS, 'GBP');
    expect(chips.map(({ label }) => label)).toEqual([
      'Saws',
      'Anvil & Sons',
      'blackwood',
      '£5.00 to £25.00',
      '4 stars and more',
      'In stock',
    ]);
    expect(chips[1]?.without.brand).toEqual(['blackwood']);
    expect(chips[3]?.without).not.toHaveProperty('minPrice');
    expect(chips.every(({ without }) => without.pages === undefined)).toBe(true);
  });

  it('are none without filters', () => {
    expect(chipsOf({ q: 'saw', sort: 'price', pages: 2 }, FACETS, 'GBP')).toEqual([]);
  });

  it('tell an open range from a closed one', () => {
    expect(priceWords(undefined, 1000, 'GBP')).toBe('Up to £10.00');
    expect(priceWords(5000, null, 'GBP')).toBe('£50.00 and more');
    expect(priceWords(0, null, 'GBP')).toBe('Any price');
  });
});
