import { NO_ADDRESS } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { isFine } from '../../lib/resolver';
import {
  blank,
  HOURS,
  MAX_INSTALMENTS,
  type PacedValues,
  type PlanValues,
  planMessages,
  toPacedInput,
  toPlan,
  validatePaced,
} from './form';

const NOW = new Date(2026, 10, 22, 8, 30);

const plan = (changes: Partial<PlanValues> = {}): PlanValues => ({
  ...blank(NOW).plan,
  quantity: '100',
  ...changes,
});

const subscription = (changes: Partial<PlanValues> = {}) => plan({ kind: 'subscription', ...changes });

const whole = (): PacedValues => ({
  ...blank(NOW),
  name: ' Hinges ',
  email: 'ada@example.org',
  sku: 'HINGE ',
  shippingAddress: {
    ...NO_ADDRESS,
    name: 'Ada Farrier',
    line1: '12 Anvil Row',
    city: 'Dudley',
    postalCode: 'DY1 4PX',
  },
  plan: plan(),
});

describe('a plan', () => {
  it('begins at the next full hour and takes a week', () => {
    expect(blank(NOW).plan).toMatchObject({ start: '2026-11-22T09:00', end: '2026-11-29T09:00' });
    expect(isFine(planMessages(plan(), NOW))).toBe(true);
  });

  it.each<[string, Partial<PlanValues>]>([
    ['quantity', { quantity: '0' }],
    ['quantity', { quantity: 'many' }],
    ['start', { start: '' }],
    ['start', { start: '2026-11-20T09:00' }],
    ['end', { end: '2026-11-22T09:00' }],
    ['end', { end: '2030-01-01T09:00' }],
    ['instalments', { instalments: '0' }],
    ['instalments', { instalments: '101' }],
    ['instalments', { instalments: String(MAX_INSTALMENTS + 1), quantity: '5000' }],
    // A hundred of them in an hour are closer than five minutes.
    ['instalments', { instalments: '100', end: '2026-11-22T10:00' }],
    ['budget', { budget: 'a lot' }],
    ['budget', { budget: { amount: 0, currency: 'GBP' } }],
    ['curve', { curve: { kind: 'byHour', weights: HOURS.map(() => '0') } }],
    ['curve', { curve: { kind: 'byHour', weights: HOURS.map((hour) => (hour === 3 ? '' : '1')) } }],
  ])('has something wrong with its %s: %j', (field, changes) => {
    const messages = planMessages(plan(changes), NOW);
    const wrong = Object.entries(messages).filter(([, told]) => told !== undefined && !isFine({ told }));
    expect(wrong.map(([name]) => name)).toEqual([field]);
  });

  it('is read as the API takes it', () => {
    const weights = HOURS.map((hour) => (hour === 9 ? '3' : '0'));
    const budget = { amount: 5000, currency: 'GBP' };
    expect(toPlan(plan({ curve: { kind: 'byHour', weights }, budget }))).toEqual({
      kind: 'pace',
      quantity: 100,
      start: new Date(2026, 10, 22, 9).toISOString(),
      end: new Date(2026, 10, 29, 9).toISOString(),
      instalments: 7,
      curve: { kind: 'byHour', weights: weights.map(Number) },
      budget,
    });
  });

  it('has no weights where they weigh nothing', () => {
    expect(toPlan(plan())).toMatchObject({ curve: { kind: 'even' }, budget: null });
    // Nor is anything wrong with weights that are not used.
    const unused = { kind: 'even' as const, weights: HOURS.map(() => 'x') };
    expect(isFine(planMessages(plan({ curve: unused }), NOW))).toBe(true);
  });
});

describe('a subscription', () => {
  it('need not end', () => {
    expect(isFine(planMessages(subscription({ times: '', until: '' }), NOW))).toBe(true);
    expect(toPlan(subscription())).toEqual({
      kind: 'subscription',
      quantity: 100,
      every: { unit: 'weeks', count: 1 },
      start: new Date(2026, 10, 22, 9).toISOString(),
      until: null,
      times: null,
    });
  });

  it('ends after some times or on a day, as it was chosen', () => {
    expect(toPlan(subscription({ ends: 'times', times: '4' }))).toMatchObject({ times: 4, until: null });
    const until = new Date(2026, 10, 29, 9).toISOString();
    expect(toPlan(subscription({ ends: 'until' }))).toMatchObject({ times: null, until });
  });

  it.each<[string, Partial<PlanValues>]>([
    ['every', { every: { unit: 'days', count: '366' } }],
    ['times', { ends: 'times', times: '0' }],
    ['until', { ends: 'until', until: '' }],
    ['until', { ends: 'until', until: '2026-11-22T09:00' }],
  ])('has something wrong with its %s: %j', (field, changes) => {
    const messages = planMessages(subscription(changes), NOW);
    expect(isFine({ [field]: messages[field] })).toBe(false);
  });
});

describe('a paced order', () => {
  it('is read as the API takes it', () => {
    expect(isFine(validatePaced(whole(), NOW))).toBe(true);
    expect(toPacedInput(whole())).toMatchObject({
      name: 'Hinges',
      email: 'ada@example.org',
      customerId: null,
      sku: 'HINGE',
      shippingAddress: { name: 'Ada Farrier', country: 'GB' },
    });
  });

  it('needs a name, an address to write to, one to send to, and a SKU', () => {
    const messages = validatePaced({ ...blank(NOW), plan: plan() }, NOW);
    expect(messages).toMatchObject({
      name: expect.any(String),
      email: expect.any(String),
      sku: expect.any(String),
      shippingAddress: {
        name: expect.any(String),
        line1: expect.any(String),
        city: expect.any(String),
        postalCode: expect.any(String),
      },
    });
    expect(Object.keys((messages as { shippingAddress: object }).shippingAddress)).not.toContain('line2');
  });
});
