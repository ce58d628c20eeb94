import { expect, it } from 'vitest';
import { describeAction, describePath, describeValue } from './describe';

it('values read as a person would write them', () => {
  expect(describeValue({ amount: 1899, currency: 'GBP' })).toBe('£18.99');
  expect(
    describeValue([
      { slug: 'a', title: 'Hand tools' },
      { slug: 'b', title: 'Locks' },
    ]),
  ).toBe('Hand tools, Locks');
  expect(describeValue({ lowStockThreshold: 5, on: true })).toBe('low stock threshold: 5; on: yes');
  expect([null, undefined, ''].map(describeValue)).toEqual(['(nothing)', '(nothing)', '(nothing)']);
  expect(describeValue([])).toBe('(none)');
  expect(describeValue(0)).toBe('0');
});

it('paths and actions read as words', () => {
  expect(describePath('/variants/0/compareAtPrice')).toBe('Variants › 1 › compare at price');
  expect(describePath('/options/a~1b')).toBe('Options › a/b');
  expect(describePath('')).toBe('All of it');
  expect(describeAction('stock.adjusted')).toBe('Stock adjusted');
  expect(describeAction('stockAdjusted')).toBe('Stock adjusted');
});
