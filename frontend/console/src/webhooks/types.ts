export type WebhookStatus = 'active' | 'paused';

/** Why a webhook is paused: somebody did it; its address said that it is gone; nothing arrived for three days. */
export type PauseReason = 'byHand' | 'gone' | 'dead';

export interface Pause {
  at: string;
  reason: PauseReason;
  note: string | null;
  by: string | null;
}

/** Where somebody outside hears of what happens in the shop. */
export interface Webhook {
  id: string;
  url: string;
  host: string;
  description: string;
  /** The names of the events that it hears of. */
  types: string[];
  status: WebhookStatus;
  pause: Pause | null;
  createdAt: string;
  createdBy: string;
  changedAt: string;
  /** Until when the secret before this one signs too. */
  previousSecretUntil: string | null;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastFailure: string | null;
  /** Since when nothing has arrived. */
  failingSince: string | null;
  version: number;
}

export interface WebhookInput {
  url: string;
  description: string;
  types: string[];
}

/** A webhook just made: the only answer that holds its secret, and not even that where the request is a repetition. */
export type NewWebhook = Webhook & { secret: string | null };

export interface RenewedSecret {
  secret: string;
  previousSecretUntil: string;
}

/** An event that a webhook may hear of. */
export interface EventType {
  type: string;
  group: 'order' | 'task';
  /** When it happens, in a sentence. */
  when: string;
}

export type Outcome = 'delivered' | 'refused' | 'unreachable' | 'forbidden';

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'held';

/** What came of trying it. */
export interface Attempt {
  outcome: Outcome;
  /** Of HTTP; null where there was no answer. */
  status: number | null;
  tookMs: number;
  detail: string | null;
  /** How the answer begins. */
  answer: string | null;
}

/** An event on its way to a webhook. */
export interface Delivery {
  id: string;
  eventId: string;
  type: string;
  orderId: string | null;
  taskId: string | null;
  happenedAt: string;
  state: DeliveryState;
  attempts: number;
  lastAttemptAt: string | null;
  status: number | null;
  detail: string | null;
  tookMs: number | null;
  nextAttemptAt: string | null;
}

export interface DeliveryDetail extends Delivery {
  traceId: string | null;
  /** The latest first. */
  history: (Attempt & { number: number; at: string })[];
}

/** Which deliveries are listed; what is empty is all. */
export interface DeliveryFilter {
  state: string;
  type: string;
}

export interface Recovery {
  deliveries: number;
  /** Whether there are more than could be counted; all are sent. */
  more: boolean;
}
