import { expect, it } from 'vitest';
import { completionTime, costWords, milliseconds, overcharge, percent } from './words';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

it('a share that is not quite all is not shown as all', () => {
  expect(percent(1)).toBe('100%');
  expect(percent(0.99996)).toBe('99.9%');
  expect(percent(0.875)).toBe('87.5%');
  expect(percent(0)).toBe('0%');
  expect(percent(null)).toBe('–');
});

it('times are told in the unit that fits them', () => {
  expect(milliseconds(87.4)).toBe('87 ms');
  expect(milliseconds(2345)).toBe('2.3 s');
  expect(milliseconds(null)).toBe('–');
  expect(completionTime(93_600)).toBe('1 day 2 hours');
  expect(completionTime(null)).toBe('–');
});

it('what was charged is told against what was offered', () => {
  expect(costWords({ offered: pounds(1000), charged: pounds(1100) })).toBe('£11.00, 10% above the offers');
  expect(costWords({ offered: pounds(1000), charged: pounds(900) })).toBe('£9.00, 10% below the offers');
  expect(costWords({ offered: pounds(1000), charged: pounds(1000) })).toBe('£10.00, as offered');
  expect(costWords({ offered: null, charged: null })).toBe('–');
  expect(overcharge({ offered: pounds(0), charged: pounds(5) })).toBeNull();
});
