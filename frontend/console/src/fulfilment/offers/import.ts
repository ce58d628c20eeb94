import type { OfferImport } from '../types';
import { count } from '../words';

/** The largest file of offers that is taken, in bytes. */
export const MAX_BYTES = 1024 * 1024;

export const MAX_ROWS = 2000;

/** A file as it is taken. */
export const EXAMPLE = `sku,code,cost,minimum,maximum,leadTime,from,until
HINGE-75,H75,2.50,1,200,2d,,
LOCK-3L,L3-BR,11.95,1,20,36h,1h,7d
`;

/** Why a file of offers need not even be sent, if so. */
export function whyNotRead({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  if (!/\.(csv|txt)$/i.test(name)) return 'Offers come as a CSV file, whose name ends in .csv.';
  if (size === 0) return 'This file is empty.';
  if (size > MAX_BYTES) return 'This file has more than 1 MB: split it into several.';
  return undefined;
}

/** What became of an import of offers, or would. */
export function outcome({ applied, rows, created, updated, unchanged, errors }: OfferImport): string {
  if (errors.length > 0) {
    return `Nothing is changed: of ${count(rows, 'row')}, some have mistakes.`;
  }
  const counts = `${created} new, ${updated} changed, ${unchanged} as they were`;
  return applied ? `The offers are in: ${counts}.` : `All is well. It would be so: ${counts}.`;
}
