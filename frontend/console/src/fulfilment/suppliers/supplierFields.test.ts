import { expect, it } from 'vitest';
import { fieldsOf, merged } from '../../conflicts/conflict';
import type { Supplier } from '../types';
import { supplierFields } from './supplierFields';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

const base = {
  id: 'sup_1',
  version: 1,
  name: 'Northgate',
  adapter: 'panel',
  configuration: { baseUrl: 'https://a.example', key: 1 },
  priority: 1,
  weight: 1,
  budget: { daily: pounds(100), monthly: null },
  limits: { perMinute: null, concurrent: null },
  webhook: null,
  status: 'active',
  openTasks: 3,
} as unknown as Supplier;

it('two editors of a supplier meet field by field; what is no edit is nobody’s', () => {
  const mine: Supplier = {
    ...base,
    configuration: { baseUrl: 'https://b.example', key: 1 },
    budget: { daily: pounds(200), monthly: null },
  };
  const current: Supplier = {
    ...base,
    version: 2,
    status: 'paused',
    openTasks: 0,
    weight: 7,
    webhook: { kind: 'standardWebhooks' },
  };
  const conflict = { base, mine, current };
  const found = fieldsOf(conflict, supplierFields);
  expect(found.map(({ path, changedBy }) => [path, changedBy])).toEqual([
    ['configuration', 'me'],
    ['weight', 'them'],
    ['budget.daily', 'me'],
    ['webhook', 'them'],
  ]);
  expect(merged(conflict, found, {})).toMatchObject({
    version: 2,
    configuration: mine.configuration,
    weight: 7,
    budget: { daily: pounds(200) },
    webhook: { kind: 'standardWebhooks' },
  });
});

it('reads as one would say it', () => {
  expect(supplierFields.describe('budget.daily', pounds(100))).toEqual(['£1.00']);
  expect(supplierFields.describe('webhook', [null])).toEqual(['(none)']);
  expect(supplierFields.describe('configuration', [{ a: 1 }])).toEqual(['{', '  "a": 1', '}']);
});
