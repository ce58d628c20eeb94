import type { Money } from './types';

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

/** Money for the eye: £18.99, JP¥1,899, KWD 1.899. */
export function formatMoney({ amount, currency }: Money): string {
  return formatOf(currency).format(toDecimal(amount, minorDigits(currency)));
}
