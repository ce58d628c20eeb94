import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { api, type MadeProduct, makeProduct, unique } from './console.ts';
import { ACCEPTED_CARD } from './shop.ts';

/** The address of a simulated supplier that nobody else uses. */
export function simulated(mark = unique()): string {
  const outputs = JSON.parse(readFileSync(process.env.IRONMONGER_OUTPUTS ?? '', 'utf8')) as {
    supplierSim: string;
  };
  return `${outputs.supplierSim}/e2e-${mark}`;
}

export interface MadeSupplier {
  id: string;
  name: string;
  version: number;
}

interface Adapters {
  items: { id: string; example: object }[];
}

const NO_LIMITS = {
  priority: 1,
  weight: 1,
  budget: { daily: null, monthly: null },
  limits: { perMinute: null, concurrent: null },
  webhook: null,
};

/** Makes a supplier by the API, as an admin: one of the simulator's, unless another adapter is named. */
export async function makeSupplier(
  page: Page,
  { adapter = 'http-json', active = false } = {},
): Promise<MadeSupplier> {
  const mark = unique();
  const { body: adapters } = await api<Adapters>(page, 'GET', '/fulfilment/adapters');
  const example = adapters.items.find(({ id }) => id === adapter)?.example ?? {};
  const configuration = adapter === 'http-json' ? { ...example, baseUrl: simulated(mark) } : example;
  const input = { ...NO_LIMITS, name: `Test forge ${mark}`, adapter, configuration };
  const { status, body } = await api<MadeSupplier>(page, 'POST', '/fulfilment/suppliers', input, {
    'idempotency-key': randomUUID(),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  if (active) await setStatus(page, body.id, 'active');
  return body;
}

export async function setStatus(page: Page, id: string, status: string): Promise<void> {
  const answer = await api(page, 'PUT', `/fulfilment/suppliers/${id}/status`, { status });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** What the supplier asks for a SKU, by the API. */
export async function makeOffer(page: Page, supplierId: string, sku: string, changes: object = {}) {
  const offer = {
    code: `S-${sku}`,
    cost: { amount: 450, currency: 'GBP' },
    minimum: 1,
    maximum: 50,
    leadTimeSeconds: 86_400,
    window: { fromSeconds: 0, untilSeconds: null },
    ...changes,
  };
  const path = `/fulfilment/suppliers/${supplierId}/offers/${sku}`;
  const { status, body } = await api(page, 'PUT', path, offer, { 'if-match': '"0"' });
  expect(status, JSON.stringify(body)).toBe(200);
}

/** A product that can be bought, of which there are ten. */
export async function makeSellable(page: Page): Promise<MadeProduct> {
  const product = await makeProduct(page, { status: 'active' });
  const adjustment = { delta: 10, reason: 'received' };
  const { status, body } = await api(page, 'POST', `/stock/${product.sku}/adjustments`, adjustment, {
    'idempotency-key': randomUUID(),
  });
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return product;
}

export interface PaidOrder {
  id: string;
  number: string;
  /** What shows it to whoever bought. */
  token: string;
}

/** Buys pieces of a SKU as a guest would, and pays. */
export async function buy(
  page: Page,
  sku: string,
  quantity = 1,
  card: string = ACCEPTED_CARD,
): Promise<PaidOrder> {
  return page.evaluate(
    async ({ code, pieces, cardNumber }) => {
      const call = async (method: string, path: string, body: object, headers: object = {}) => {
        const answer = await fetch(`/api${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': crypto.randomUUID(),
            ...headers,
          },
          body: JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
        return JSON.parse(text);
      };
      const cart = await call('POST', '/carts', {});
      await call('PUT', `/carts/${cart.id}/items/${code}`, { quantity: pieces });
      const { order, accessToken } = await call('POST', '/orders', {
        cartId: cart.id,
        email: 'ada@example.org',
        shippingAddress: {
          name: 'Ada Farrier',
          line1: '12 Anvil Row',
          city: 'Dudley',
          postalCode: 'DY1 4PX',
          country: 'GB',
        },
        paymentProvider: 'sandbox',
      });
      const payment = { provider: 'sandbox', cardNumber };
      await call('POST', `/orders/${order.id}/payments`, payment, { 'x-order-token': accessToken });
      return { id: order.id, number: order.number, token: accessToken };
    },
    { code: sku, pieces: quantity, cardNumber: card },
  );
}

/** How long the desk may take to plan an order that was paid. */
export const PLANNING_TIMEOUT_MS = 60_000;

/** Waits until the desk can go no further with an order by itself. */
export async function untilAttention(page: Page, orderId: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { body } = await api<{ status: string }>(page, 'GET', `/fulfilment/orders/${orderId}`);
        return body.status;
      },
      { timeout: PLANNING_TIMEOUT_MS, message: 'the status of the order' },
    )
    .toBe('needsAttention');
}
