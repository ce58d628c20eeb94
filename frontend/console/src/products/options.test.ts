import { describe, expect, it } from 'vitest';
import type { Variant } from '../api/types';
import {
  allChoices,
  isOffered,
  missingChoices,
  NO_STOCK,
  proposeSku,
  whyKept,
  withMissingVariants,
  withOptionRenamed,
} from './options';

const OPTIONS = [
  { name: 'Weight', values: ['16 oz', '20 oz'] },
  { name: 'Handle', values: ['Ash', 'Hickory'] },
];

const variant = (options: Record<string, string>, more: Partial<Variant> = {}): Variant => ({
  sku: 'HAM-1',
  title: 'One',
  options,
  price: { amount: 1695, currency: 'GBP' },
  compareAtPrice: null,
  stock: NO_STOCK,
  ...more,
});

describe('choices', () => {
  it('are every combination, the last option changing fastest', () => {
    expect(allChoices(OPTIONS).map((choice) => Object.values(choice).join())).toEqual([
      '16 oz,Ash',
      '16 oz,Hickory',
      '20 oz,Ash',
      '20 oz,Hickory',
    ]);
  });

  it('of no option are one', () => {
    expect(allChoices([])).toEqual([{}]);
    expect(allChoices([{ name: 'Weight', values: [] }])).toEqual([{}]);
  });

  it('are missing where no variant stands for them', () => {
    const has = [variant({ Weight: '16 oz', Handle: 'Ash' })];
    expect(missingChoices(OPTIONS, has)).toHaveLength(3);
    expect(isOffered(variant({ Weight: '16 oz' }), OPTIONS)).toBe(false);
    expect(isOffered(variant({ Weight: '24 oz', Handle: 'Ash' }), OPTIONS)).toBe(false);
  });
});

describe('withMissingVariants', () => {
  it('keeps what there is and fills the gaps in order, at the first price', () => {
    const kept = variant({ Weight: '20 oz', Handle: 'Ash' }, { sku: 'KEPT' });
    const variants = withMissingVariants('Claw hammer', OPTIONS, [kept]);
    expect(variants).toHaveLength(4);
    expect(variants[2]).toBe(kept);
    expect(variants[0]).toMatchObject({
      sku: 'CLAW-HAMMER-16-OZ-ASH',
      title: '16 oz / Ash',
      price: kept.price,
    });
    expect(new Set(variants.map(({ sku }) => sku)).size).toBe(4);
  });

  it('lets what there was before an option take a choice of it, with code and stock', () => {
    const before = variant({ Weight: '20 oz' }, { sku: 'KEPT', stock: { ...NO_STOCK, available: 7 } });
    const variants = withMissingVariants('Hammer', OPTIONS, [before]);
    expect(variants).toHaveLength(4);
    expect(variants[2]).toMatchObject({
      sku: 'KEPT',
      title: '20 oz / Ash',
      options: { Weight: '20 oz', Handle: 'Ash' },
      stock: { available: 7 },
    });
  });

  it('leaves alone what stands for a value that is gone', () => {
    const gone = variant({ Weight: '24 oz', Handle: 'Ash' }, { sku: 'GONE' });
    expect(withMissingVariants('Hammer', OPTIONS, [gone]).at(-1)).toBe(gone);
  });

  it('names a row that has no code yet', () => {
    const blank = variant({}, { sku: '' });
    const [first, ...others] = withMissingVariants(
      'Gate hook',
      [OPTIONS[0] ?? { name: '', values: [] }],
      [blank],
    );
    expect([first?.sku, others.length]).toEqual(['GATE-HOOK-16-OZ', 1]);
  });

  it('leaves the price open where there is none to go by', () => {
    expect(withMissingVariants('Anvil', [], [])[0]?.price).toBeNull();
  });
});

it('a proposed stock code is not taken by a sibling', () => {
  expect(proposeSku('Anvil', {}, [], ['ANVIL', 'ANVIL-2'])).toBe('ANVIL-3');
});

it('a proposed stock code begins as those of its siblings do', () => {
  const choice = { Weight: '24 oz', Handle: 'Ash' };
  expect(proposeSku('Hammer', choice, OPTIONS, ['HT-CLAW-16', 'HT-CLAW-20'])).toBe('HT-CLAW-24-OZ-ASH');
  expect(proposeSku('Hammer', choice, OPTIONS, ['A-1', 'B-1'])).toBe('HAMMER-24-OZ-ASH');
});

it('renaming an option renames it in the variants', () => {
  const [renamed] = withOptionRenamed([variant({ Weight: '16 oz', Handle: 'Ash' })], 'Weight', 'Mass');
  expect(renamed?.options).toEqual({ Mass: '16 oz', Handle: 'Ash' });
});

it('a variant stays while there is stock of it', () => {
  expect(whyKept(variant({}))).toBeUndefined();
  expect(whyKept(variant({}, { stock: { ...NO_STOCK, available: 1 } }))).toMatch(/stock/);
  expect(whyKept(variant({}, { stock: { ...NO_STOCK, reserved: 1 } }))).toMatch(/reserved/);
});
