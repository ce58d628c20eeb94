import { expect, it } from 'vitest';
import type { ProductRow } from '../api/types';
import { categoriesAfter, MAX_PERCENT, MIN_PERCENT, parsePercent, priceAfter } from './bulk';

const row = { price: { amount: 1695, currency: 'GBP' }, categories: ['a', 'b'] } as unknown as ProductRow;

it('a price is shown as the API will make it', () => {
  expect(priceAfter(row, { kind: 'price', percent: 10 })?.amount).toBe(1865);
  expect(priceAfter(row, { kind: 'price', amount: -95 })?.amount).toBe(1600);
  expect(priceAfter(row, { kind: 'price', amount: -1696 })).toBeUndefined();
});

it('categories are taken out and put in, each once', () => {
  expect(categoriesAfter(row, { kind: 'categories', add: ['c', 'b'], remove: ['a'] })).toEqual(['b', 'c']);
});

it('per cents are whole and within bounds', () => {
  expect(['10', '-15 %', '+5'].map(parsePercent)).toEqual([10, -15, 5]);
  expect(['0', '1.5', '', 'ten'].map(parsePercent)).toEqual([undefined, undefined, undefined, undefined]);
  expect([MIN_PERCENT, MAX_PERCENT].map((n) => parsePercent(String(n)))).toEqual([MIN_PERCENT, MAX_PERCENT]);
  expect([MIN_PERCENT - 1, MAX_PERCENT + 1].map((n) => parsePercent(String(n)))).toEqual([
    undefined,
    undefined,
  ]);
});
