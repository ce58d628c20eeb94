import {
  ADDRESS_ORDER,
  type AddressValues,
  isOptionalInAddress,
  NO_ADDRESS,
  toAddress,
} from '@ironmonger/api';
import { fromLocalText, toLocalText } from '../../lib/localTime';
import type { Messages } from '../../lib/resolver';
import { isMoney, type MoneyValue } from '../../parts/MoneyInput';
import { moneyError, wholeBetween, wholeError } from '../suppliers/form';
import type { CurveKind, EveryUnit, PacedInput, Plan } from './types';

/** The most characters of a paced order's name. */
export const MAX_NAME = 100;

/** The most pieces that a line of an order may have. */
export const MAX_PIECES = 1_000_000;

/** One instalment for each day of three years. */
export const MAX_INSTALMENTS = 1095;

export const MAX_YEARS = 3;

/** Instalments are not closer to each other than these minutes. */
export const LEAST_MINUTES = 5;

export const MAX_EVERY = 365;

export const MAX_TIMES = 1000;

export const MAX_HOUR_WEIGHT = 65_535;

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** A start that has passed while one typed is taken, an old one is not. */
const OLDEST_START_MS = 24 * HOUR_MS;

export type Ends = 'never' | 'times' | 'until';

/** A plan as the form has it: all fields of both kinds at once. */
export interface PlanValues {
  kind: Plan['kind'];
  quantity: string;
  start: string;
  end: string;
  instalments: string;
  curve: { kind: CurveKind; weights: readonly string[] };
  budget: MoneyValue;
  every: { unit: EveryUnit; count: string };
  ends: Ends;
  until: string;
  times: string;
}

/** What the form of a paced order holds. */
export interface PacedValues {
  name: string;
  email: string;
  /** The account that the orders go to; empty for a guest's. */
  customerId: string;
  shippingAddress: AddressValues;
  sku: string;
  plan: PlanValues;
}

/** The weights of the hours of an ordinary shop. */
const SHOP_HOURS = HOURS.map((hour) => (hour >= 8 && hour < 18 ? '1' : '0'));

/** A paced order that is being made: a week from the next full hour on. */
export function blank(now: Date): PacedValues {
  const start = new Date(Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS);
  const end = toLocalText(new Date(start.getTime() + WEEK_MS));
  return {
    name: '',
    email: '',
    customerId: '',
    shippingAddress: NO_ADDRESS,
    sku: '',
    plan: {
      kind: 'pace',
      quantity: '',
      start: toLocalText(start),
      end,
      instalments: '7',
      curve: { kind: 'even', weights: SHOP_HOURS },
      budget: null,
      every: { unit: 'weeks', count: '1' },
      ends: 'never',
      until: end,
      times: '12',
    },
  };
}

const NO_TIME = 'Choose a day and a time.';

const timeOf = (text: string | undefined) => {
  const at = fromLocalText(text);
  return at === undefined ? undefined : Date.parse(at);
};

function startError(start: number | undefined, now: Date): string | undefined {
  if (start === undefined) return NO_TIME;
  return start < now.getTime() - OLDEST_START_MS ? 'This is more than a day ago.' : undefined;
}

function untilError(start: number | undefined, until: number | undefined): string | undefined {
  if (until === undefined) return NO_TIME;
  return start !== undefined && until <= start ? 'It must be after the start.' : undefined;
}

function endError(start: number | undefined, end: number | undefined): string | undefined {
  const isLong = start !== undefined && end !== undefined && end - start > MAX_YEARS * YEAR_MS;
  return untilError(start, end) ?? (isLong ? `At most ${MAX_YEARS} years after the start.` : undefined);
}

function weightsError(weights: readonly string[]): string | undefined {
  const numbers = weights.map((text) => wholeBetween(text, 0, MAX_HOUR_WEIGHT));
  if (numbers.includes(undefined)) return `Each is a whole number from 0 to ${MAX_HOUR_WEIGHT}.`;
  return numbers.every((weight) => weight === 0) ? 'At least one hour must weigh something.' : undefined;
}

/** What is wrong with a plan, by its fields. */
interface PlanMessages {
  readonly [field: string]: Messages | string | undefined;
}

function paceMessages(plan: PlanValues, start: number | undefined): PlanMessages {
  const end = timeOf(plan.end);
  const pieces = wholeBetween(plan.quantity, 1, MAX_PIECES);
  const most = Math.min(MAX_INSTALMENTS, pieces ?? MAX_INSTALMENTS);
  const instalments = wholeBetween(plan.instalments, 1, most);
  const wrongEnd = endError(start, end);
  const isTooClose =
    wrongEnd === undefined &&
    instalments !== undefined &&
    instalments > 1 &&
    ((end ?? 0) - (start ?? 0)) / instalments < LEAST_MINUTES * MINUTE_MS;
  return {
    end: wrongEnd,
    instalments:
      wholeError(plan.instalments, 1, most) ??
      (isTooClose ? `They must be at least ${LEAST_MINUTES} minutes apart.` : undefined),
    curve: { weights: plan.curve.kind === 'byHour' ? weightsError(plan.curve.weights) : undefined },
    budget: moneyError(plan.budget),
  };
}

function subscriptionMessages(plan: PlanValues, start: number | undefined): PlanMessages {
  return {
    every: { count: wholeError(plan.every.count, 1, MAX_EVERY) },
    times: plan.ends === 'times' ? wholeError(plan.times, 1, MAX_TIMES) : undefined,
    until: plan.ends === 'until' ? untilError(start, timeOf(plan.until)) : undefined,
  };
}

/** What can be said of a plan before the API is asked. */
export function planMessages(plan: PlanValues, now: Date): PlanMessages {
  const start = timeOf(plan.start);
  return {
    quantity: wholeError(plan.quantity, 1, MAX_PIECES),
    start: startError(start, now),
    ...(plan.kind === 'pace' ? paceMessages(plan, start) : subscriptionMessages(plan, start)),
  };
}

const ADDRESS_WORDS: Readonly<Partial<Record<keyof AddressValues, string>>> = {
  name: 'Who gets the parcels?',
  line1: 'Give street and number.',
  city: 'Give the town or city.',
  postalCode: 'Give the postcode.',
};

/** What can be said of a paced order's form before the API is asked. */
export function validatePaced(values: PacedValues, now = new Date()): Messages {
  const address = values.shippingAddress;
  const gaps = ADDRESS_ORDER.filter((field) => !isOptionalInAddress(field) && !address?.[field]?.trim());
  return {
    name: values.name?.trim() ? undefined : 'Give a name that tells it from others.',
    email: /^\S+@\S+$/.test(values.email?.trim() ?? '') ? undefined : 'Give an email address.',
    shippingAddress: Object.fromEntries(
      gaps.map((field) => [field, ADDRESS_WORDS[field] ?? 'Fill this in.']),
    ),
    sku: values.sku?.trim() ? undefined : 'Give a SKU.',
    plan: planMessages(values.plan, now),
  };
}

/** A plan of values that have been validated. */
export function toPlan(plan: PlanValues): Plan {
  const quantity = wholeBetween(plan.quantity, 1, MAX_PIECES) ?? 0;
  const start = fromLocalText(plan.start) ?? '';
  if (plan.kind === 'subscription') {
    return {
      kind: 'subscription',
      quantity,
      every: { unit: plan.every.unit, count: wholeBetween(plan.every.count, 1, MAX_EVERY) ?? 0 },
      start,
      until: plan.ends === 'until' ? (fromLocalText(plan.until) ?? null) : null,
      times: plan.ends === 'times' ? (wholeBetween(plan.times, 1, MAX_TIMES) ?? null) : null,
    };
  }
  const { kind, weights } = plan.curve;
  return {
    kind: 'pace',
    quantity,
    start,
    end: fromLocalText(plan.end) ?? '',
    instalments: wholeBetween(plan.instalments, 1, MAX_INSTALMENTS) ?? 0,
    curve:
      kind === 'byHour'
        ? { kind, weights: weights.map((text) => wholeBetween(text, 0, MAX_HOUR_WEIGHT) ?? 0) }
        : { kind },
    budget: isMoney(plan.budget) ? plan.budget : null,
  };
}

/** What the API takes of values that have been validated. */
export function toPacedInput(values: PacedValues): PacedInput {
  return {
    name: values.name.trim(),
    email: values.email.trim(),
    customerId: values.customerId || null,
    shippingAddress: toAddress(values.shippingAddress),
    sku: values.sku.trim(),
    plan: toPlan(values.plan),
  };
}
