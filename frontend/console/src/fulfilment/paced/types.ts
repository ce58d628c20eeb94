import type { Address } from '@ironmonger/api';
import type { Money } from '../../api/types';

/** How the pieces are spread over the instalments. */
export type Curve = { kind: 'even' } | { kind: 'frontLoaded' } | { kind: 'byHour'; weights: number[] };

export type CurveKind = Curve['kind'];

/** A quantity that is released over some time. */
export interface Pace {
  kind: 'pace';
  quantity: number;
  start: string;
  end: string;
  instalments: number;
  curve: Curve;
  /** What it may cost in all. */
  budget: Money | null;
}

export type EveryUnit = 'days' | 'weeks' | 'months';

/** The same quantity again and again. */
export interface Subscription {
  kind: 'subscription';
  quantity: number;
  every: { unit: EveryUnit; count: number };
  start: string;
  until: string | null;
  times: number | null;
}

export type Plan = Pace | Subscription;

export type PacedStatus = 'running' | 'paused' | 'finished' | 'stopped';

/** What an operator may make of a paced order's state. */
export type PacedChange = Exclude<PacedStatus, 'finished'>;

/** What creating a paced order takes. */
export interface PacedInput {
  name: string;
  email: string;
  customerId: string | null;
  shippingAddress: Address;
  sku: string;
  plan: Plan;
}

/** A part of a plan that is still to come. */
export interface Instalment {
  number: number;
  at: string;
  quantity: number;
}

/** What would come of a plan. */
export interface PlanPreview {
  /** The first of them, where there are many. */
  items: (Instalment & { cost: Money; affordable: boolean })[];
  more: boolean;
  /** Of the whole plan; null where it has no end. */
  quantity: number | null;
  total: Money | null;
  unitPrice: Money;
  endsAt: string | null;
  title: string;
  available: number;
}

/** A paced order as the list has it. */
export interface PacedRow {
  id: string;
  name: string;
  sku: string;
  title: string | null;
  status: PacedStatus;
  /** Pieces. */
  released: number;
  quantity: number | null;
  spent: Money;
  nextAt: string | null;
  endsAt: string | null;
  /** Why the next instalment is late. */
  waiting: string | null;
  createdAt: string;
  version: number;
}

/** A part of a plan that has become an order. */
export interface Released extends Instalment {
  orderId: string;
  orderNumber: string;
  total: Money;
}

export interface PacedDetail extends PacedRow {
  email: string;
  customerId: string | null;
  shippingAddress: Address;
  plan: Plan;
  /** By how much pauses and waits have moved what is left. */
  postponedSeconds: number;
  statusNote: string | null;
  changedBy: string | null;
  changedAt: string;
  createdBy: string;
  done: Released[];
  toCome: Instalment[];
  /** Whether more instalments are to come than those told of. */
  more: boolean;
}
