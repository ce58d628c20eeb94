import { formatMoney, toDecimal } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { changeByPercent, editableMoney, MAX_MINOR_UNITS, parseMoney } from './money';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

describe('parseMoney', () => {
  it.each([
    ['18.99', 1899],
    ['£1,299', 129900],
    [' 0.07 ', 7],
    ['.5', 50],
    ['3.', 300],
    ['-2.50', -250],
    ['-0', 0],
    // A float would make 1998.9999999999998 of these.
    ['19.99', 1999],
    ['4.35', 435],
  ])('reads %j as %d minor units', (text, amount) => {
    expect(parseMoney(text, 'GBP')).toEqual(pounds(amount));
  });

  it.each(['', '.', '£', 'free', '1.999', '1.2.3', '1e3', '12a', '--1'])('refuses %j', (text) => {
    expect(parseMoney(text, 'GBP')).toBeUndefined();
  });

  it('goes by the digits of the currency', () => {
    expect(parseMoney('1899', 'JPY')?.amount).toBe(1899);
    expect(parseMoney('18.9', 'JPY')).toBeUndefined();
  });

  it('takes no amount beyond its limit', () => {
    const most = toDecimal(MAX_MINOR_UNITS, 2);
    expect(parseMoney(most, 'GBP')?.amount).toBe(MAX_MINOR_UNITS);
    expect(parseMoney(`1${most}`, 'GBP')).toBeUndefined();
  });

  it('reads back what it shows', () => {
    for (const amount of [0, 1, 10, 99, 100, 1899, 123456, -5]) {
      expect(parseMoney(editableMoney(pounds(amount)), 'GBP')).toEqual(pounds(amount));
      expect(parseMoney(formatMoney(pounds(amount)), 'GBP')).toEqual(pounds(amount));
    }
  });
});

describe('changeByPercent', () => {
  it.each([
    [1000, 10, 1100],
    [999, 10, 1099],
    [1899, -10, 1709],
    [5, 50, 8],
    [1899, 0, 1899],
  ])('%d by %d %% is %d', (amount, percent, changed) => {
    expect(changeByPercent(pounds(amount), percent).amount).toBe(changed);
  });
});
