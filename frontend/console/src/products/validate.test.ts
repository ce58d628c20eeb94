import { describe, expect, it } from 'vitest';
import type { ConsoleProduct } from '../api/types';
import { MAX_CATEGORIES, MAX_OPTIONS, MAX_VARIANTS, NO_STOCK } from './options';
import { validateProduct } from './validate';

const variant = (sku: string, options: Record<string, string> = {}, more: object = {}) => ({
  sku,
  title: '',
  options,
  price: { amount: 100, currency: 'GBP' },
  compareAtPrice: null,
  stock: NO_STOCK,
  ...more,
});

const GOOD = {
  title: 'Anvil',
  slug: '',
  categories: [{ slug: 'garden', title: 'Garden' }],
  options: [],
  variants: [variant('ANVIL')],
  images: [],
} as unknown as ConsoleProduct;

const wrong = (changes: object) => {
  // Through JSON, so that what is undefined is gone.
  const found = JSON.parse(JSON.stringify(validateProduct({ ...GOOD, ...changes }))) as Record<
    string,
    unknown
  >;
  return Object.fromEntries(
    Object.entries(found).filter(([, messages]) => !/^(\[({},?)*\]|\{\})$/.test(JSON.stringify(messages))),
  );
};

describe('validateProduct', () => {
  it('lets a good product through', () => {
    expect(wrong({})).toEqual({});
    expect(wrong({ slug: 'anvil-2' })).toEqual({});
  });

  it('asks for names, categories and good addresses', () => {
    expect(Object.keys(wrong({ title: ' ', slug: 'No Slug', categories: [] }))).toEqual([
      'title',
      'slug',
      'categories',
    ]);
  });

  it('compares prices, and takes text that is no amount for what it is', () => {
    const variants = (price: unknown, compareAtPrice: unknown) =>
      wrong({ variants: [variant('A', {}, { price, compareAtPrice })] }).variants;
    const pounds = (amount: number) => ({ amount, currency: 'GBP' });
    expect(variants(pounds(0), pounds(1))).toBeUndefined();
    expect(variants(pounds(5), pounds(5))).toMatchObject([
      { compareAtPrice: expect.stringMatching(/above/) },
    ]);
    expect(variants(null, null)).toMatchObject([{ price: 'Give a price.' }]);
    expect(variants('12,5x', null)).toMatchObject([{ price: expect.stringMatching(/amount/) }]);
    expect(variants(pounds(-1), null)).toMatchObject([{ price: expect.any(String) }]);
  });

  it('wants every variant to be one choice of its own, with a code of its own', () => {
    const options = [{ name: 'Size', values: ['S', 'L'] }];
    const twice = wrong({ options, variants: [variant('A', { Size: 'S' }), variant('A', { Size: 'S' })] });
    expect(twice.variants).toMatchObject([{ sku: expect.any(String) }, { options: expect.any(String) }]);
    const gone = wrong({ options, variants: [variant('A', { Size: 'XL' })] });
    expect(gone.variants).toMatchObject([{ options: expect.stringMatching(/options any more/) }]);
    expect(wrong({ variants: [variant(' ')] }).variants).toMatchObject([{ sku: 'Give a stock code.' }]);
  });

  it('names options once, with values', () => {
    const options = [
      { name: 'Size', values: ['S'] },
      { name: 'Size', values: [] },
    ];
    expect(wrong({ options }).options).toMatchObject([
      {},
      { name: expect.stringMatching(/Another/), values: expect.any(String) },
    ]);
  });

  it('keeps the limits', () => {
    const many = <T>(count: number, make: (n: number) => T) =>
      Array.from({ length: count }, (_, n) => make(n));
    const categories = many(MAX_CATEGORIES + 1, (n) => ({ slug: `c${n}`, title: `C${n}` }));
    expect(wrong({ categories }).categories).toMatch(/at most/);
    const options = many(MAX_OPTIONS + 1, (n) => ({ name: `O${n}`, values: ['x'] }));
    expect(wrong({ options }).options).toMatchObject({ root: expect.stringMatching(/at most/) });
    const values = many(MAX_VARIANTS + 1, (n) => `v${n}`);
    const size = [{ name: 'Size', values }];
    const variants = (count: number) =>
      wrong({ options: size, variants: values.slice(0, count).map((v) => variant(`S-${v}`, { Size: v })) })
        .variants;
    expect(variants(MAX_VARIANTS)).toBeUndefined();
    expect(variants(MAX_VARIANTS + 1)).toMatchObject({ root: expect.stringMatching(/at most/) });
    expect(wrong({ variants: [] }).variants).toMatchObject({ root: expect.any(String) });
  });

  it('wants words for every picture', () => {
    expect(wrong({ images: [{ id: 'i', alt: ' ' }] }).images).toMatchObject([{ alt: expect.any(String) }]);
  });
});
