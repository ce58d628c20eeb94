import type { BulkChange, Money, ProductRow } from '../api/types';
import { changeByPercent } from '../lib/money';

/** A bulk price change lies within these bounds, in per cent. */
export const MIN_PERCENT = -90;
export const MAX_PERCENT = 400;

/** A row's price after a change, or undefined where it would be none. */
export function priceAfter(row: ProductRow, change: BulkChange): Money | undefined {
  if (change.kind !== 'price') return row.price;
  const price =
    'percent' in change
      ? changeByPercent(row.price, change.percent)
      : { ...row.price, amount: row.price.amount + change.amount };
  return price.amount < 0 ? undefined : price;
}

/** The slugs of a row's categories after a change, in order. */
export function categoriesAfter(row: ProductRow, change: BulkChange): string[] {
  if (change.kind !== 'categories') return row.categories;
  const kept = row.categories.filter((slug) => !change.remove.includes(slug));
  return [...kept, ...change.add.filter((slug) => !kept.includes(slug))];
}

/** Whole per cents as typed, within the bounds. */
export function parsePercent(text: string): number | undefined {
  const match = /^\s*([+-]?\d{1,3})\s*%?\s*$/.exec(text);
  if (!match?.[1]) return undefined;
  const percent = Number.parseInt(match[1], 10);
  return percent >= MIN_PERCENT && percent <= MAX_PERCENT && percent !== 0 ? percent : undefined;
}
