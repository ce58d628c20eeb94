import { expect, it } from 'vitest';
import type { OfferImport } from '../types';
import { MAX_BYTES, outcome, whyNotRead } from './import';

const report = (changes: Partial<OfferImport>): OfferImport => ({
  dryRun: true,
  applied: false,
  rows: 3,
  created: 1,
  updated: 2,
  unchanged: 0,
  errors: [],
  ...changes,
});

it('only CSV files up to the limit are read', () => {
  expect(whyNotRead({ name: 'a.csv', size: MAX_BYTES })).toBeUndefined();
  expect(whyNotRead({ name: 'a.csv', size: MAX_BYTES + 1 })).toMatch(/1 MB/);
  expect(whyNotRead({ name: 'a.xlsx', size: 1 })).toMatch(/CSV/);
  expect(whyNotRead({ name: 'a.csv', size: 0 })).toMatch(/empty/);
});

it('tells what an import would do, what it did, and that mistakes stop it', () => {
  expect(outcome(report({}))).toBe('All is well. It would be so: 1 new, 2 changed, 0 as they were.');
  expect(outcome(report({ applied: true, dryRun: false }))).toMatch(/^The offers are in: 1 new/);
  const errors = [{ row: 2, column: 'cost', message: 'no amount' }];
  expect(outcome(report({ errors }))).toBe('Nothing is changed: of 3 rows, some have mistakes.');
});
