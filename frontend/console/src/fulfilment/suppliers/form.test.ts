import { describe, expect, it } from 'vitest';
import type { Messages } from '../../lib/resolver';
import type { Supplier } from '../types';
import {
  BLANK,
  MAX_PRIORITY,
  MAX_WEIGHT,
  type SupplierValues,
  toInput,
  toValues,
  validateSupplier,
  wholeBetween,
} from './form';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

const SUPPLIER: Supplier = {
  id: 'sup_1',
  version: 4,
  status: 'active',
  circuit: { state: 'closed', until: null },
  openTasks: 0,
  spent: { day: pounds(0), month: pounds(0) },
  secrets: { credential: null, webhook: null },
  webhookPath: '/api/webhooks/suppliers/sup_1',
  name: 'Northgate',
  adapter: 'http-json',
  configuration: { baseUrl: 'https://api.example.org' },
  priority: 5,
  weight: 20,
  budget: { daily: pounds(10_000), monthly: null },
  limits: { perMinute: 60, concurrent: null },
  webhook: {
    kind: 'hmac',
    header: 'X-Sign',
    algorithm: 'sha512',
    encoding: 'base64',
    prefix: 'v1=',
    timestampHeader: null,
  },
};

const values = (changes: Partial<SupplierValues>): SupplierValues => ({
  ...BLANK,
  name: 'Northgate',
  ...changes,
});

const messages = (changes: Partial<SupplierValues>) => {
  const told = (found: Messages | string | undefined, path: string): string[] => {
    if (found === undefined) return [];
    if (typeof found === 'string') return [`${path}: ${found}`];
    return Object.entries(found).flatMap(([name, below]) => told(below, path ? `${path}.${name}` : name));
  };
  return told(validateSupplier(values(changes)), '');
};

it('a supplier that is read and sent back is the same, without what cannot be saved', () => {
  const { name, adapter, configuration, priority, weight, budget, limits, webhook } = SUPPLIER;
  const input = { name, adapter, configuration, priority, weight, budget, limits, webhook };
  expect(toInput(toValues(SUPPLIER))).toEqual(input);
  expect(toInput(toValues({ ...SUPPLIER, webhook: { kind: 'standardWebhooks' } })).webhook).toEqual({
    kind: 'standardWebhooks',
  });
  expect(toInput(toValues({ ...SUPPLIER, webhook: null })).webhook).toBeNull();
});

describe('a form', () => {
  it('with a name is enough', () => {
    expect(messages({})).toEqual([]);
    expect(messages({ name: ' ' })).toEqual(['name: Give a name.']);
  });

  it('takes numbers within their limits only', () => {
    expect(messages({ priority: '0', weight: '1' })).toEqual([]);
    expect(messages({ priority: String(MAX_PRIORITY), weight: String(MAX_WEIGHT) })).toEqual([]);
    expect(messages({ priority: String(MAX_PRIORITY + 1) })).toHaveLength(1);
    expect(messages({ weight: '0' })).toHaveLength(1);
    expect(messages({ weight: String(MAX_WEIGHT + 1) })).toHaveLength(1);
    expect(messages({ limits: { perMinute: '0', concurrent: 'many' } })).toHaveLength(2);
    expect(messages({ limits: { perMinute: '', concurrent: '4' } })).toEqual([]);
  });

  it('takes budgets that are amounts, and a day’s that fits the month’s', () => {
    expect(messages({ budget: { daily: 'lots', monthly: pounds(0) } })).toHaveLength(2);
    expect(messages({ budget: { daily: pounds(2), monthly: pounds(1) } })).toEqual([
      'budget.daily: More than the month’s budget.',
    ]);
  });

  it('wants the header of a signature only where there is one', () => {
    const webhook = { ...BLANK.webhook, header: 'not a header' };
    expect(messages({ webhook })).toEqual([]);
    expect(messages({ webhook: { ...webhook, kind: 'hmac' } })).toHaveLength(1);
  });

  it('says where its configuration is no JSON', () => {
    expect(messages({ configuration: '{"a": }' })[0]).toContain('no JSON');
  });
});

it.each([
  ['7', 7],
  [' 7 ', 7],
  ['07', 7],
  ['10', 10],
  ['11', undefined],
  ['0', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j is %s of 1 to 10', (text, number) => {
  expect(wholeBetween(text, 1, 10)).toBe(number);
});
