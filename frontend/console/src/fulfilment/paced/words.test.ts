import { expect, it } from 'vitest';
import type { Plan } from './types';
import { planWords, progressWords, timeWords } from './words';

const START = '2026-11-22T09:00:00Z';
const END = '2026-11-29T09:00:00Z';

const PACE: Plan = {
  kind: 'pace',
  quantity: 100,
  start: START,
  end: END,
  instalments: 7,
  curve: { kind: 'frontLoaded' },
  budget: null,
};

const SUBSCRIPTION: Plan = {
  kind: 'subscription',
  quantity: 1,
  every: { unit: 'weeks', count: 2 },
  start: START,
  until: null,
  times: null,
};

it('a plan is told in a sentence', () => {
  expect(planWords(PACE)).toBe(
    `100 pieces in 7 instalments, front-loaded, from ${timeWords(START)} to ${timeWords(END)}.`,
  );
  expect(planWords(SUBSCRIPTION)).toBe(`1 piece every 2 weeks from ${timeWords(START)}, without an end.`);
  expect(planWords({ ...SUBSCRIPTION, every: { unit: 'days', count: 1 }, times: 3 })).toContain(
    'every day from',
  );
  expect(planWords({ ...SUBSCRIPTION, times: 3 })).toMatch(/, 3 times\.$/);
  expect(planWords({ ...SUBSCRIPTION, until: END })).toContain(`until ${timeWords(END)}`);
});

it('progress is told with its end, where there is one', () => {
  expect(progressWords({ released: 1, quantity: 10 })).toBe('1 of 10 pieces');
  expect(progressWords({ released: 12, quantity: null })).toBe('12 pieces so far');
});
