import type { Money } from '../api/types';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format;
}

/** How many digits the currency's minor unit takes: 2 for pounds. */
export function minorDigits(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 0;
}

/** What stands before or behind an amount of the currency: `£`. */
export function currencySign(currency: string): string {
  return (
    formatOf(currency)
      .formatToParts(0)
      .find(({ type }) => type === 'currency')?.value ?? currency
  );
}

/**
 * An amount of minor units as a decimal text: `1899` with 2 digits is `18.99`. Built from the digits,
 * since dividing would go through a float.
 */
export function toDecimal(minorUnits: number, digits: number): `${number}` {
  const sign = minorUnits < 0 ? '-' : '';
  const padded = String(Math.abs(minorUnits)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const fraction = padded.slice(padded.length - digits);
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction}`) as `${number}`;
}

/** Money for the eye: £18.99. */
export function formatMoney({ amount, currency }: Money): string {
  return formatOf(currency).format(toDecimal(amount, minorDigits(currency)));
}

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
