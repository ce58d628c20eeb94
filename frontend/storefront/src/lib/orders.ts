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

const FINAL: readonly OrderStatus[] = ['fulfilled', 'expired', 'cancelled', 'refunded'];

/** Whether nothing more will happen to an order by itself. */
export function isFinal(status: OrderStatus): boolean {
  return FINAL.includes(status);
}

const SHORTEST_POLL_MS = 2_000;
const LONGEST_POLL_MS = 15_000;

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

/** An event's name as words: `OrderPaid` and `orderPaid` both become `Order paid`. */
export function eventWords(type: string): string {
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
