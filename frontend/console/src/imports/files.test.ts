import { expect, it } from 'vitest';
import { MAX_BYTES, whyNot } from './files';

it('only CSV files up to the limit are sent', () => {
  expect(whyNot({ name: 'a.csv', size: MAX_BYTES })).toBeUndefined();
  expect(whyNot({ name: 'a.csv', size: MAX_BYTES + 1 })).toMatch(/10 MB/);
  expect(whyNot({ name: 'a.xlsx', size: 1 })).toMatch(/CSV/);
  expect(whyNot({ name: 'a.csv', size: 0 })).toMatch(/empty/);
});
