import { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import type { ConsoleProduct } from '../api/types';
import { conflictOf, fieldsOf, merged } from './conflict';
import { productFields } from './productFields';

const base = {
  id: 'prd_1',
  version: 3,
  title: 'Claw hammer',
  slug: 'claw-hammer',
  description: 'Drives nails.',
  status: 'active',
  brand: { slug: 'hallamgate', title: 'Hallamgate' },
  categories: [{ slug: 'hand-tools', title: 'Hand tools' }],
  seo: null,
  options: [],
  variants: [
    {
      sku: 'HAM',
      title: '',
      options: {},
      price: { amount: 1695, currency: 'GBP' },
      compareAtPrice: null,
      stock: { available: 4, reserved: 0, sold: 0, lowStockThreshold: null },
    },
  ],
  images: [],
} as unknown as ConsoleProduct;

const mine = { ...base, title: 'Claw hammer, ash', description: 'Drives and pulls nails.' };
const current = {
  ...base,
  version: 4,
  description: 'Drives nails well.',
  brand: { slug: 'other', title: 'Other' },
  variants: base.variants.map((variant) => ({ ...variant, stock: { ...variant.stock, available: 1 } })),
};

describe('a conflict', () => {
  it('is read from a refused save, and from nothing else', () => {
    const variables = { data: mine, previousData: base };
    const refused = new HttpError('Changed meanwhile', 412, { problem: { current } });
    expect(conflictOf(refused, variables)).toEqual({ base, mine, current });
    expect(conflictOf(new HttpError('No', 422, { problem: { current } }), variables)).toBeUndefined();
    expect(conflictOf(new Error('x'), variables)).toBeUndefined();
  });

  it('lists the fields that differ with who changed them; stock is nobody’s edit', () => {
    const found = fieldsOf({ base, mine, current }, productFields);
    expect(found.map(({ path, changedBy }) => [path, changedBy])).toEqual([
      ['title', 'me'],
      ['description', 'both'],
      ['brand', 'them'],
    ]);
  });

  it('merges by field on the current version', () => {
    const conflict = { base, mine, current };
    const found = fieldsOf(conflict, productFields);
    expect(merged(conflict, found, {})).toMatchObject({
      version: 4,
      title: 'Claw hammer, ash',
      description: 'Drives and pulls nails.',
      brand: { slug: 'other' },
    });
    expect(merged(conflict, found, { description: 'current', brand: 'mine' })).toMatchObject({
      description: 'Drives nails well.',
      brand: { slug: 'hallamgate' },
    });
  });
});
