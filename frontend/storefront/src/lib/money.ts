import type { Money } from '@ironmonger/api';

/** Whether two amounts are the same, currency included. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}

/** The currency of prices that no product has told the currency of yet. */
export const HOME_CURRENCY = 'GBP';

/**
 * What somebody typed as an amount in the major unit, in minor units: `12.5` with 2 digits is 1250.
 * `undefined` for anything that is no such amount. Built from the digits, as in `toDecimal`.
 */
export function toMinorUnits(typed: string, digits: number): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d*))?$/.exec(typed.replace(/[\s£€$]/g, ''));
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return undefined;
  return Number.parseInt(`${whole}${fraction.padEnd(digits, '0')}`, 10);
}
