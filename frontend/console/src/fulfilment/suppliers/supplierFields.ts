import { formatMoney } from '@ironmonger/api';
import type { Fields } from '../../conflicts/conflict';
import type { Json, Supplier } from '../types';
import { showConfiguration } from './configuration';

const LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  configuration: 'Configuration',
  priority: 'Priority',
  weight: 'Weight',
  'budget.daily': 'Budget per day',
  'budget.monthly': 'Budget per month',
  'limits.perMinute': 'Calls per minute',
  'limits.concurrent': 'Calls at the same time',
  webhook: 'Signature of webhooks',
};

function describe(path: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return ['(nothing)'];
  const [first] = Array.isArray(value) ? value : [value];
  switch (path) {
    case 'budget.daily':
    case 'budget.monthly':
      return [formatMoney(value as Parameters<typeof formatMoney>[0])];
    case 'configuration':
      return showConfiguration(first as Json).split('\n');
    case 'webhook':
      return first === null
        ? ['(none)']
        : Object.entries(first as object).map(([name, member]) => `${name}: ${member ?? '(none)'}`);
    default:
      return [String(value)];
  }
}

/** How the differences between two editors' states of a supplier read. */
export const supplierFields: Fields<Supplier> = {
  pick: ({ name, configuration, priority, weight, budget, limits, webhook }) => ({
    name,
    // In lists of their own, so that each counts as one value.
    configuration: [configuration],
    priority,
    weight,
    budget,
    limits,
    webhook: [webhook],
  }),
  label: (path) => LABELS[path] ?? path,
  describe,
};
