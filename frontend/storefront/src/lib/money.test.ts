import { describe, expect, it } from 'vitest';
import { formatMoney, sameMoney, toDecimal, toMinorUnits } from './money';

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

describe('sameMoney', () => {
  it('compares the currency too', () => {
    expect(sameMoney({ amount: 1, currency: 'GBP' }, { amount: 1, currency: 'GBP' })).toBe(true);
    expect(sameMoney({ amount: 1, currency: 'GBP' }, { amount: 1, currency: 'EUR' })).toBe(false);
  });
});

describe('toMinorUnits', () => {
  it('reads what people type', () => {
    expect(['12', '12.5', '12,50', '£ 1 250', '0', '0.07'].map((typed) => toMinorUnits(typed, 2))).toEqual([
      1200, 1250, 1250, 125000, 0, 7,
    ]);
    expect(toMinorUnits('12', 0)).toBe(12);
  });

  it('refuses what is no such amount', () => {
    for (const typed of ['', 'ten', '-5', '1.999', '1.2.3', '1e3', '9'.repeat(12)]) {
      expect(toMinorUnits(typed, 2)).toBeUndefined();
    }
    expect(toMinorUnits('1.5', 0)).toBeUndefined();
  });

  it('is the way back from what a field shows', () => {
    expect(toMinorUnits(toDecimal(1899, 2), 2)).toBe(1899);
  });
});
