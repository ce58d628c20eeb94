import { currencySign, minorDigits, toDecimal } from '@ironmonger/api';
import type { Money } from '../api/types';

/** An amount that one may edit: 18.99. */
export function editableMoney({ amount, currency }: Money): string {
  return toDecimal(amount, minorDigits(currency));
}

/** The highest price that the shop takes, in minor units. */
export const MAX_MINOR_UNITS = 10_000_000_000;

/**
 * Reads what somebody typed as money, digit by digit: `18.99`, `£1,299`, `.5`. Undefined where it is
 * none, has more decimals than the currency, or is beyond `MAX_MINOR_UNITS`.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const digits = minorDigits(currency);
  const bare = text.trim().replace(currencySign(currency), '').replace(/[,\s]/g, '');
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(bare);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  if (fraction.length > digits) return undefined;
  const amount = Number.parseInt(`${whole}${fraction.padEnd(digits, '0')}`, 10);
  if (!Number.isSafeInteger(amount) || amount > MAX_MINOR_UNITS) return undefined;
  return { amount: sign === '-' && amount !== 0 ? -amount : amount, currency };
}

/** The price after a change by so many per cent, rounded half up to a whole minor unit. */
export function changeByPercent(price: Money, percent: number): Money {
  return { ...price, amount: Math.floor((price.amount * (100 + percent) * 2 + 100) / 200) };
}
