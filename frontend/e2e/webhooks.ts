import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { api, unique } from './console.ts';
import { simulated } from './suppliers.ts';

/** How long an event may take from the order to the log of deliveries. */
export const DELIVERY_TIMEOUT_MS = 60_000;

export interface MadeWebhook {
  id: string;
  description: string;
  url: string;
  secret: string;
}

/** Makes a webhook by the API, as an admin; what it is sent is taken by the simulator. */
export async function makeWebhook(page: Page, types = ['OrderPlaced', 'OrderPaid']): Promise<MadeWebhook> {
  const input = { url: `${simulated()}/inbox`, description: `Test books ${unique()}`, types };
  const { status, body } = await api<MadeWebhook>(page, 'POST', '/webhooks', input, {
    'idempotency-key': randomUUID(),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** Plans what the simulator answers to the next calls of an inbox; after them it answers 204. */
export async function planAnswers(inbox: string, statuses: readonly number[]): Promise<void> {
  const answers = statuses.map((status) => ({ status }));
  const answer = await fetch(inbox, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answers }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}
