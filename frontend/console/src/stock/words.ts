import type { AdjustmentReason } from '../api/types';

/** Reasons as one reads them. */
export const REASONS: Readonly<Record<AdjustmentReason, string>> = {
  received: 'Received from a supplier',
  returned: 'Returned by a customer',
  counted: 'Counted',
  correction: 'Correction of a mistake',
  damaged: 'Damaged',
  lost: 'Lost',
};

/** No adjustment moves more pieces than these. */
export const MAX_DELTA = 1_000_000;

/** The most characters of an adjustment's note. */
export const MAX_NOTE = 500;

/** A whole number as typed, with its sign; undefined for anything else. */
export function parseWhole(text: string): number | undefined {
  const match = /^\s*([+-]?\d{1,7})\s*$/.exec(text.replace('−', '-'));
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 10);
}

/** A change of stock with its sign. */
export function signed(delta: number): string {
  return delta > 0 ? `+${delta}` : `−${Math.abs(delta)}`;
}
