import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { api, unique } from './console.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long the desk may take to release what is due: its schedule ticks once a minute. */
export const RELEASE_TIMEOUT_MS = 180_000;

export const ADDRESS = {
  name: 'Ada Farrier',
  line1: '12 Anvil Row',
  city: 'Dudley',
  postalCode: 'DY1 4PX',
  country: 'GB',
};

export interface MadePaced {
  id: string;
  name: string;
}

/** Makes a paced order of ten pieces by the API: half of them in a week, half in two. */
export async function makePaced(page: Page, sku: string): Promise<MadePaced> {
  const start = Date.now() + 7 * DAY_MS;
  const input = {
    name: `Test rivets ${unique()}`,
    email: 'ada@example.org',
    customerId: null,
    shippingAddress: ADDRESS,
    sku,
    plan: {
      kind: 'pace',
      quantity: 10,
      start: new Date(start).toISOString(),
      end: new Date(start + 14 * DAY_MS).toISOString(),
      instalments: 2,
      curve: { kind: 'even' },
      budget: null,
    },
  };
  const { status, body } = await api<MadePaced>(page, 'POST', '/fulfilment/paced-orders', input, {
    'idempotency-key': randomUUID(),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** What a field of day and time holds so many minutes from now, in the browser's time zone. */
export async function localTime(page: Page, minutes: number): Promise<string> {
  return page.evaluate((after) => {
    const now = new Date(Date.now() + after);
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, 16);
  }, minutes * MINUTE_MS);
}
