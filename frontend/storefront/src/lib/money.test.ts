import { toDecimal } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { sameMoney, toMinorUnits } from './money';

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
