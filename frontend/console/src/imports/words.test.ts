import { expect, it } from 'vitest';
import type { ProductImport } from '../api/types';
import { isOver, outcome } from './words';

const report = (changes: Partial<ProductImport>) =>
  ({
    mode: 'goodRows',
    status: 'done',
    created: 1,
    updated: 2,
    unchanged: 3,
    failed: 0,
    errorCount: 0,
    ...changes,
  }) as ProductImport;

it('tells what became of an import', () => {
  expect(outcome(report({}))).toBe('Products: 1 new, 2 changed, 3 as they were.');
  expect(outcome(report({ failed: 2, errorCount: 4 }))).toContain('; 2 left out for 4 mistakes.');
  expect(outcome(report({ mode: 'dryRun' }))).toMatch(/^It would be so/);
  expect(outcome(report({ status: 'refused', errorCount: 1 }))).toBe(
    'Nothing was changed: the file has one mistake.',
  );
});

it('is asked about until it is over', () => {
  const over = (['waiting', 'reading', 'applying', 'done', 'refused', 'failed'] as const).map((status) =>
    isOver({ status }),
  );
  expect(over).toEqual([false, false, false, true, true, true]);
});
