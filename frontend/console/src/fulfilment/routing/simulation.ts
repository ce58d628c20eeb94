import { HttpError } from 'react-admin';
import type { ErrorBody } from '../../data/errors';
import { parseDuration } from '../../lib/duration';
import { wholeBetween } from '../suppliers/form';
import { type SimulationInput, STRATEGIES } from '../types';

/** The most lines of an order that is only planned. */
export const MAX_LINES = 20;

/** The most pieces of a line. */
export const MAX_PIECES = 1_000_000;

/** A line as one types it; its key stays while its values change. */
export interface Line {
  key: string;
  sku: string;
  quantity: string;
}

interface LineErrors {
  isFine: boolean;
  lines: { sku?: string | undefined; quantity?: string | undefined }[];
  age: string | undefined;
}

/** What is wrong with an order that is to be planned. */
export function lineErrors(lines: readonly Line[], age: string): LineErrors {
  const skus = lines.map(({ sku }) => sku.trim());
  const found = lines.map(({ quantity }, at) => {
    const sku = skus[at] ?? '';
    return {
      sku: sku === '' ? 'Give a SKU.' : skus.indexOf(sku) < at ? 'It stands above already.' : undefined,
      quantity: wholeBetween(quantity, 1, MAX_PIECES) === undefined ? `1 to ${MAX_PIECES}.` : undefined,
    };
  });
  const isTime = age.trim() === '' || parseDuration(age) !== undefined;
  return {
    isFine: isTime && found.every(({ sku, quantity }) => sku === undefined && quantity === undefined),
    lines: found,
    age: isTime ? undefined : 'A time such as 2 days, 36 h or 90 min.',
  };
}

/** What the API takes of an order that has been looked through. */
export function toSimulation(lines: readonly Line[], strategy: string, age: string): SimulationInput {
  const chosen = STRATEGIES.find((known) => known === strategy);
  const ageSeconds = parseDuration(age) ?? 0;
  return {
    lines: lines.map(({ sku, quantity }) => ({
      sku: sku.trim(),
      quantity: wholeBetween(quantity, 1, MAX_PIECES) ?? 1,
    })),
    ...(chosen && { strategy: chosen }),
    ...(ageSeconds > 0 && { ageSeconds }),
  };
}

/** The API's objections to lines, by the line's number from 0. */
export function refusedLines(error: unknown): Map<number, string> {
  const body = error instanceof HttpError ? (error.body as ErrorBody | undefined) : undefined;
  const found = new Map<number, string>();
  for (const { pointer, detail } of body?.problem?.errors ?? []) {
    const at = /^\/lines\/(\d+)(\/|$)/.exec(pointer)?.[1];
    if (at !== undefined) found.set(Number.parseInt(at, 10), detail);
  }
  return found;
}
