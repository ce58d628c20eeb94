import { describe, expect, it } from 'vitest';
import { formatMoney, toDecimal } from './money';

// Intl separates a currency's code from the digits with a no-break space.
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('formatMoney', () => {
  it.each([
    [{ amount: 1899, currency: 'GBP' }, '£18.99'],
    [{ amount: 5, currency: 'GBP' }, '£0.05'],
    [{ amount: 0, currency: 'GBP' }, '£0.00'],
    [{ amount: -250, currency: 'GBP' }, '-£2.50'],
    [{ amount: 123456789, currency: 'GBP' }, '£1,234,567.89'],
    [{ amount: 1899, currency: 'JPY' }, 'JP¥1,899'],
    [{ amount: 1899, currency: 'KWD' }, 'KWD 1.899'],
  ])('%j is %s', (money, text) => {
    expect(plain(formatMoney(money))).toBe(text);
  });

  it('is exact where a float would round', () => {
    expect(formatMoney({ amount: 9007199254740991, currency: 'GBP' })).toBe('£90,071,992,547,409.91');
  });
});

describe('toDecimal', () => {
  it('pads amounts below one major unit', () => {
    expect(toDecimal(7, 3)).toBe('0.007');
    expect(toDecimal(-7, 2)).toBe('-0.07');
    expect(toDecimal(70, 0)).toBe('70');
  });
});
