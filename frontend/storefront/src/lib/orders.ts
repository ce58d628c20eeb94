import type { OrderStatus } from '@ironmonger/api';
import { parseRecord, slot } from './storage';

/** What this device remembers of an order: enough to open it again. */
export interface KnownOrder {
  token: string;
  number?: string;
  /** ISO 8601. */
  placedAt?: string;
}

const known = slot<Record<string, KnownOrder>>('local', 'orders', (value) => {
  const stored = parseRecord(value);
  if (!stored) return undefined;
  const orders: Record<string, KnownOrder> = {};
  for (const [id, entry] of Object.entries(stored)) {
    const { token, number, placedAt } = parseRecord(entry) ?? {};
    if (typeof token !== 'string') continue;
    orders[id] = {
      token,
      ...(typeof number === 'string' && { number }),
      ...(typeof placedAt === 'string' && { placedAt }),
    };
  }
  return orders;
});

/** Keeps an order's access token on this device; what was known of it and is not given stays. */
export function rememberOrder(id: string, order: KnownOrder): void {
  const orders = known.read() ?? {};
  known.write({ ...orders, [id]: { ...orders[id], ...order } });
}

/** An order that this device can no longer open: an account does. */
export function forgetOrder(id: string): void {
  const { [id]: _, ...rest } = known.read() ?? {};
  known.write(rest);
}

/** The orders this device can open, the newest first. */
export function knownOrders(): (KnownOrder & { id: string })[] {
  return Object.entries(known.read() ?? {})
    .map(([id, order]) => ({ id, ...order }))
    .sort((a, b) => (b.placedAt ?? '').localeCompare(a.placedAt ?? ''));
}

/** The token in an address's fragment, where no server ever sees it. */
export function tokenInFragment(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') || undefined;
}

/** The fragment that carries a token. */
export function fragmentWith(token: string): string {
  return new URLSearchParams({ token }).toString();
}

/** The token for an order: the shared link's if there is one, else the one this device keeps. */
export function tokenFor(id: string, fragment: string): string | undefined {
  return tokenInFragment(fragment) ?? known.read()?.[id]?.token;
}

const FINAL: readonly string[] = ['fulfilled', 'expired', 'refunded'];

/** Whether nothing more will happen to an order by itself. */
export function isFinal(status: OrderStatus): boolean {
  return FINAL.includes(status);
}

const SHORTEST_POLL_MS = 2_000;
const LONGEST_POLL_MS = 15_000;

/**
 * How often an order is asked for that one hears of as it happens, in milliseconds: what is pushed is a hint, the API's
 * answer the truth.
 */
export const LIVE_POLL_MS = 120_000;

/**
 * How long to wait before asking for an order again, in milliseconds: a quarter of the time for
 * which nothing has changed, so that a change that comes soon is seen soon and a page left open
 * over lunch asks four times a minute. `false` once the order is final.
 */
export function pollDelay(status: OrderStatus, unchangedForMs: number): number | false {
  if (isFinal(status)) return false;
  return Math.min(LONGEST_POLL_MS, Math.max(SHORTEST_POLL_MS, unchangedForMs / 4));
}

/** Time left until `deadline` as `m:ss`, or `undefined` when it has passed. */
export function timeLeft(deadline: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(deadline) - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const EVENTS: Readonly<Record<string, string>> = {
  OrderPlaced: 'Order placed, goods held for you',
  PaymentDeclined: 'Payment declined',
  OrderPaid: 'Paid',
  OrderExpired: 'Expired: nobody paid in time',
  OrderPlanned: 'Shared out among our suppliers',
  TaskCompleted: 'A parcel left',
  TaskReplaced: 'A part went to another supplier',
  OrderFulfilled: 'Everything is on its way',
  OrderNeedsAttention: 'Handed to a person to sort out',
  OrderReassigned: 'A part was taken over',
  OrderCancelled: 'Cancelled',
  OrderRefunded: 'Paid back',
};

/** An event of the timeline in words; one that this page does not know is spelt out. */
export function eventWords(type: string): string {
  const known = EVENTS[type];
  if (known) return known;
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an order's page says first. */
export interface StatusWords {
  heading: string;
  text: string;
}

const STATUSES: Readonly<Record<string, StatusWords>> = {
  pendingPayment: {
    heading: 'One thing left: the payment',
    text: 'Your order is placed and the goods are held for you.',
  },
  paid: {
    heading: 'Thank you, that’s paid',
    text: 'We are working out who has your goods nearest to hand.',
  },
  fulfilling: {
    heading: 'Your order is being made up',
    text: 'Our suppliers have it. Each parcel shows here as soon as it leaves.',
  },
  fulfilled: {
    heading: 'It’s all on its way',
    text: 'Every parcel has left. Their tracking numbers are below.',
  },
  expired: {
    heading: 'This order has expired',
    text: 'It was not paid in time, so the goods went back on the shelf. Nothing was charged.',
  },
  cancelled: {
    heading: 'This order was cancelled',
    text: 'We are calling off what has not left yet, and pay you back for it.',
  },
  refunded: {
    heading: 'This order was refunded',
    text: 'What was not sent is paid back to you.',
  },
  needsAttention: {
    heading: 'A person is looking at this',
    text: 'Part of your order cannot be sent as planned. We are sorting it out; you need not do anything.',
  },
};

/** What to say of an order's status. */
export function statusWords(status: string): StatusWords {
  return STATUSES[status] ?? { heading: eventWords(status), text: '' };
}

const REFUNDS: Readonly<Record<string, (amount: string) => string>> = {
  processing: (amount) => `${amount} is on its way back to you.`,
  refunded: (amount) => `We have paid ${amount} back to you.`,
  declined: (amount) =>
    `We could not send ${amount} back the way you paid. A person sees to it; you need not do anything.`,
};

/** What to say of money that goes back; of a refund that this page does not know only how much it is. */
export function refundWords(status: string, amount: string): string {
  return REFUNDS[status]?.(amount) ?? amount;
}

const LABELS: Readonly<Record<string, string>> = {
  pendingPayment: 'Waits for payment',
  paid: 'Paid',
  fulfilling: 'Being made up',
  fulfilled: 'Sent',
  expired: 'Expired',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  needsAttention: 'Being sorted out',
};

/** An order's status in a word or two, for a list. */
export function statusLabel(status: string): string {
  return LABELS[status] ?? eventWords(status);
}

const STOPS: readonly string[] = ['pendingPayment', 'paid', 'fulfilling', 'fulfilled'];

/** How many of the four stops (placed, paid, made up, sent) an order has reached; 0 off the usual way. */
export function stopsReached(status: string): number {
  return status === 'needsAttention' ? 3 : STOPS.indexOf(status) + 1;
}
