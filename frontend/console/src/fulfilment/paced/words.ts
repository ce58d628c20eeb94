import { count } from '../words';
import type { CurveKind, EveryUnit, PacedStatus, Plan } from './types';

/** A paced order's states as one reads them, and what they mean. */
export const PACED_STATES: Readonly<Record<PacedStatus, { name: string; hint: string }>> = {
  running: { name: 'Running', hint: 'Each instalment becomes an order when its time has come.' },
  paused: {
    name: 'Paused',
    hint: 'Nothing is released. What is left moves to later by the length of the pause.',
  },
  finished: { name: 'Finished', hint: 'Everything is released.' },
  stopped: { name: 'Stopped', hint: 'Nothing more is released. The orders it has become are not touched.' },
};

export const CURVE_WORDS: Readonly<Record<CurveKind, { name: string; hint: string }>> = {
  even: { name: 'Even', hint: 'Every instalment is as large as the others.' },
  frontLoaded: {
    name: 'Front-loaded',
    hint: 'The first is the largest; each one after it is a step smaller.',
  },
  byHour: { name: 'By hour of day', hint: 'As large as you weigh the hour in which it is released.' },
};

const UNITS: Readonly<Record<EveryUnit, string>> = { days: 'day', weeks: 'week', months: 'month' };

export const UNIT_CHOICES = [
  { id: 'days', name: 'Days' },
  { id: 'weeks', name: 'Weeks' },
  { id: 'months', name: 'Months' },
] as const satisfies readonly { id: EveryUnit; name: string }[];

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A time as one reads it. */
export function timeWords(at: string): string {
  return TIME.format(new Date(at));
}

function everyWords({ unit, count: number }: { unit: EveryUnit; count: number }): string {
  return number === 1 ? `every ${UNITS[unit]}` : `every ${number} ${UNITS[unit]}s`;
}

/** A plan in a sentence. */
export function planWords(plan: Plan): string {
  const pieces = count(plan.quantity, 'piece');
  if (plan.kind === 'subscription') {
    const end = plan.until
      ? `until ${timeWords(plan.until)}`
      : plan.times
        ? count(plan.times, 'time')
        : 'without an end';
    return `${pieces} ${everyWords(plan.every)} from ${timeWords(plan.start)}, ${end}.`;
  }
  const curve = CURVE_WORDS[plan.curve.kind].name.toLowerCase();
  const parts = count(plan.instalments, 'instalment');
  return `${pieces} in ${parts}, ${curve}, from ${timeWords(plan.start)} to ${timeWords(plan.end)}.`;
}

/** How far a paced order has come. */
export function progressWords({ released, quantity }: { released: number; quantity: number | null }): string {
  return quantity === null
    ? `${count(released, 'piece')} so far`
    : `${released} of ${count(quantity, 'piece')}`;
}
