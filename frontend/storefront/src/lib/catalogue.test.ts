import type { Category, ListingItem, Product } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import {
  categoriesBelow,
  departments,
  drawers,
  dressWindow,
  firstChoice,
  pathTo,
  pathToProduct,
  stockHint,
  valueState,
  variantFor,
} from './catalogue';

const variant = (size: string, handle: string, available: number): Product['variants'][number] => ({
  sku: `${size}-${handle}`,
  title: `${size}, ${handle}`,
  options: { Size: size, Handle: handle },
  price: { amount: 1000, currency: 'GBP' },
  compareAtPrice: null,
  available,
});

const hammer = {
  options: [
    { name: 'Size', values: ['S', 'L'] },
    { name: 'Handle', values: ['Ash', 'Steel'] },
  ],
  variants: [variant('S', 'Ash', 0), variant('S', 'Steel', 4), variant('L', 'Ash', 9)],
} as Product;

describe('choosing a variant', () => {
  it('starts with the one asked for, else the first in stock, else the first', () => {
    expect(firstChoice(hammer, 'L-Ash')).toEqual({ Size: 'L', Handle: 'Ash' });
    expect(firstChoice(hammer, 'gone')).toEqual({ Size: 'S', Handle: 'Steel' });
    const soldOut = { ...hammer, variants: hammer.variants.map((one) => ({ ...one, available: 0 })) };
    expect(firstChoice(soldOut)).toEqual({ Size: 'S', Handle: 'Ash' });
  });

  it('finds the variant with exactly the chosen values', () => {
    expect(variantFor(hammer, { Size: 'L', Handle: 'Ash' })?.sku).toBe('L-Ash');
    expect(variantFor(hammer, { Size: 'L', Handle: 'Steel' })).toBeUndefined();
    expect(variantFor(hammer, { Size: 'L' })).toBeUndefined();
  });

  it('tells for each value what it would lead to', () => {
    const choice = { Size: 'S', Handle: 'Steel' };
    expect(valueState(hammer, choice, 'Size', 'S')).toBe('available');
    expect(valueState(hammer, choice, 'Size', 'L')).toBe('notMade');
    expect(valueState(hammer, choice, 'Handle', 'Ash')).toBe('soldOut');
  });

  it('takes a product without options as it is', () => {
    const nail = { options: [], variants: [{ ...variant('', '', 3), options: {} }] } as unknown as Product;
    expect(variantFor(nail, firstChoice(nail))?.available).toBe(3);
  });
});

describe('stockHint', () => {
  it('says the number only where it matters', () => {
    expect(stockHint(11).text).toBe('In stock');
    expect(stockHint(10).text).toBe('Only 10 left');
    expect(stockHint(0).tone).toBe('out');
  });
});

describe('dressWindow', () => {
  const item = (id: string, inStock = true, pictured = true) =>
    ({ id, inStock, image: pictured ? { url: `/${id}`, alt: id } : null }) as ListingItem;

  it('takes from the departments in turn, what can be shown first, and nothing twice', () => {
    const shelves = [
      [item('hammer'), item('saw')],
      [item('lock', false), item('key')],
      [item('hammer'), item('bulb', true, false), item('torch')],
    ];
    const ids = (count: number) => dressWindow(shelves, count).map(({ id }) => id);
    expect(ids(4)).toEqual(['hammer', 'saw', 'key', 'torch']);
    expect(ids(10)).toEqual(['hammer', 'saw', 'key', 'torch', 'lock', 'bulb']);
  });

  it('shows an empty shop as empty', () => {
    expect(dressWindow([], 6)).toEqual([]);
  });
});

describe('the tree of categories', () => {
  const category = (slug: string, parent: string | null): Category => ({
    slug,
    parent,
    title: slug,
    position: 0,
    description: null,
    productCount: 1,
  });
  const tree = [
    category('tools', null),
    category('saws', 'tools'),
    category('hand-saws', 'saws'),
    category('locks', null),
  ];
  const slugs = (path: readonly { slug: string }[]) => path.map(({ slug }) => slug);

  it('has its departments at the top, and each level below', () => {
    expect(slugs(departments(tree))).toEqual(['tools', 'locks']);
    expect(slugs(categoriesBelow(tree, 'tools'))).toEqual(['saws']);
    expect(slugs(drawers(tree))).toEqual(['hand-saws', 'locks']);
    expect(departments(undefined)).toEqual([]);
  });

  it('leads down to a category, and nowhere to one that is not there', () => {
    expect(slugs(pathTo(tree, 'hand-saws'))).toEqual(['tools', 'saws', 'hand-saws']);
    expect(pathTo(tree, 'gone')).toEqual([]);
  });

  it('does not go round in circles', () => {
    expect(slugs(pathTo([category('a', 'b'), category('b', 'a')], 'a'))).toEqual(['b', 'a']);
  });

  it('leads to a product by the deepest of its categories, or by its own while the tree is not there', () => {
    const product = {
      categories: [category('locks', null), category('saws', 'tools')],
    } as unknown as Product;
    expect(slugs(pathToProduct(tree, product))).toEqual(['tools', 'saws']);
    expect(slugs(pathToProduct(undefined, product))).toEqual(['locks']);
  });
});
