import type { Money } from '@ironmonger/api';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format;
}

/**
 * The amount in the currency's major unit as a decimal string: `1899` with 2 digits is `18.99`. Built
 * from the digits, since dividing would go through a float.
 */
export function toDecimal(minorUnits: number, digits: number): `${number}` {
  const sign = minorUnits < 0 ? '-' : '';
  const padded = String(Math.abs(minorUnits)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const fraction = padded.slice(padded.length - digits);
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction}`) as `${number}`;
}

/** Money as a shopper reads it: £18.99, JP¥1,899, KWD 1.899. */
export function formatMoney({ amount, currency }: Money): string {
  const format = formatOf(currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  return format.format(toDecimal(amount, digits));
}

/** Whether two amounts are the same, currency included. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}

/** The currency of prices that no product has told the currency of yet. */
export const HOME_CURRENCY = 'GBP';

/** How many digits a currency's minor unit has. */
export function minorDigits(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 0;
}

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
