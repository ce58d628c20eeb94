import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createProvider } from './data/provider';
import { blank, toPacedInput } from './fulfilment/paced/form';
import type { OfferInput, SupplierInput } from './fulfilment/types';
import { fakeApi, type Seen } from './test-api';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
}

/** Vitest works in the folder of its configuration. */
const FILE = '../../docs/openapi.json';

const api = JSON.parse(readFileSync(FILE, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

function operationOf({ method, path }: Seen): Operation | undefined {
  const [address = ''] = path.split('?');
  const found = Object.entries(api.paths).find(([template]) => {
    const parts = template.split('/');
    const asked = address.split('/');
    return (
      parts.length === asked.length && parts.every((part, at) => part.startsWith('{') || part === asked[at])
    );
  });
  return found?.[1][method.toLowerCase()];
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').pop();
  return name === undefined ? schema : (api.components.schemas[name] ?? {});
}

/** What is wrong with a request by the API's document. */
function objections(seen: Seen): string[] {
  const operation = operationOf(seen);
  if (!operation) return [`${seen.method} ${seen.path} is no route`];
  const told: string[] = [];
  const parameters = operation.parameters ?? [];
  for (const [name] of new URLSearchParams(seen.path.split('?')[1])) {
    if (!parameters.some((known) => known.in === 'query' && known.name === name))
      told.push(`no query ${name}`);
  }
  for (const { name, required, in: place } of parameters) {
    if (place === 'header' && required && !seen.headers.has(name)) told.push(`no header ${name}`);
  }
  if (!operation.requestBody !== (seen.body === undefined)) {
    told.push(operation.requestBody ? 'no body' : 'a body');
  }
  const json = operation.requestBody?.content['application/json'];
  const schema = json && resolve(json.schema);
  if (schema?.properties && typeof seen.body === 'object' && seen.body !== null) {
    const sent = Object.keys(seen.body);
    const known = Object.keys(schema.properties);
    told.push(...sent.filter((name) => !known.includes(name)).map((name) => `no member ${name}`));
    told.push(
      ...(schema.required ?? []).filter((name) => !sent.includes(name)).map((name) => `${name} is missing`),
    );
  }
  return told.map((words) => `${seen.method} ${seen.path}: ${words}`);
}

const isCsv = (path: string) => path.includes('export') || path.includes('.csv');

const PAGE = { pagination: { page: 1, perPage: 25 }, sort: { field: 'id', order: 'ASC' as const } };
const PRODUCT = { id: 'p', version: 1, title: 'A', slug: 'a', categories: [], variants: [], images: [] };
const SUPPLIER: SupplierInput = {
  name: 'S',
  adapter: 'manual',
  configuration: {},
  priority: 1,
  weight: 1,
  budget: { daily: null, monthly: null },
  limits: { perMinute: null, concurrent: null },
  webhook: null,
};
const OFFER: OfferInput = {
  code: 'A',
  cost: { amount: 1, currency: 'GBP' },
  minimum: 1,
  maximum: 1,
  leadTimeSeconds: 1,
  window: { fromSeconds: 0, untilSeconds: null },
};
const PACED = toPacedInput(blank(new Date(2026, 10, 22)));
const CATEGORY = { id: 'c', slug: 'c', title: 'C', parent: null, position: 0, description: '', version: 1 };
const WEBHOOK_INPUT = { url: 'https://a.example/', description: '', types: ['OrderPaid'] };
const WEBHOOK = { ...WEBHOOK_INPUT, id: 'w', version: 1 };
const SCHEDULE = {
  name: 'poll-suppliers',
  description: null,
  expression: 'rate(1 minute)',
  timezone: 'UTC',
  state: 'enabled' as const,
  changedAt: '2026-11-22T07:00:00Z',
  version: 1,
  lastRun: null,
  nextRunAt: null,
};

it('every request of the console is one that the API’s document has', async () => {
  const { http, seen } = fakeApi(({ path }) => ({
    body: isCsv(path) ? 'sku' : { items: [] },
    ...(isCsv(path) && { headers: { 'content-type': 'text/csv' } }),
  }));
  const provider = createProvider(http);
  const list = (name: string, filter: object = {}) => provider.getList(name, { ...PAGE, filter });
  const one = (name: string) => provider.getOne(name, { id: 'x' });
  const change = (name: string, data: { id: string }) =>
    provider.update(name, { id: data.id, data, previousData: data });

  await list('products', { q: 'a', status: 'draft', category: 'c', brand: 'b' });
  await one('products');
  await provider.create('products', { data: PRODUCT });
  await change('products', PRODUCT);
  await provider.bulkEditProducts(['p'], { kind: 'status', status: 'draft' });
  await list('categories');
  await provider.create('categories', { data: { ...CATEGORY, slug: 'new' } });
  await change('categories', CATEGORY);
  await provider.delete('categories', { id: 'c', previousData: CATEGORY });
  await list('brands');
  await provider.create('brands', { data: { title: 'B', slug: 'b' } });
  await change('brands', { id: 'b', title: 'B', version: 1 } as { id: string });
  await provider.delete('brands', { id: 'b' });
  await list('stock', { low: 'true' });
  await list('stock', { sku: 'A' });
  await one('stock');
  await provider.adjustStock('A', { delta: 1, reason: 'received', note: 'x' }, 'key');
  await provider.listStockHistory('A', 'cursor');
  await provider.setStockThreshold('A', null);
  await list('reviews', { status: 'pending' });
  await change('reviews', { id: 'r', status: 'hidden', note: 'x', version: 1 } as { id: string });
  await list('customers', { email: 'a' });
  await one('customers');
  await list('staff');
  await provider.create('staff', { data: { email: 'a@b.example', group: 'admin' } });
  await change('staff', { id: 'u', group: 'admin' } as { id: string });
  await provider.delete('staff', { id: 'u' });
  await list('partner-keys');
  await provider.createPartnerKey({ name: 'x', scopes: ['catalog:read'] });
  await provider.createPartnerKey({ name: 'x', scopes: ['catalog:read'], replaces: 'k' });
  await provider.revokePartnerKey('k');
  await list('webhooks');
  await one('webhooks');
  await change('webhooks', WEBHOOK);
  await provider.delete('webhooks', { id: 'w', previousData: WEBHOOK });
  await provider.listWebhookEventTypes();
  await provider.createWebhook(WEBHOOK_INPUT, 'key');
  await provider.setWebhookStatus(WEBHOOK, 'paused', 'x');
  await provider.renewWebhookSecret('w');
  await provider.testWebhook('w');
  await provider.listDeliveries('w', { state: 'failed', type: 'OrderPaid' }, 'cursor');
  await provider.getDelivery('w', 'd');
  await provider.replayDelivery('w', 'd');
  await provider.recoverDeliveries('w', '2026-11-22T07:00:00Z');
  await list('audit', { subject: 'product:p', actor: 'u' });
  await list('product-imports');
  await provider.createProductImport({ fileName: 'a.csv', bytes: 1, mode: 'dryRun' });
  await provider.getProductImport('i');
  await provider.exportProducts('cursor');
  await provider.createImageUpload('p', { fileName: 'a.png', contentType: 'image/png', bytes: 1, alt: 'A' });
  await provider.getImageUpload('u');
  await provider.getSynonyms();
  await provider.putSynonyms([['a', 'b']], 1);
  await list('runs', { worker: 'plan-order', failed: 'true', day: '2026-11-22', about: 'ord_1' });
  await provider.findRuns('r-1');
  await provider.listSchedules();
  await provider.updateSchedule(SCHEDULE, { expression: 'rate(1 minute)', state: 'paused' });
  await provider.runSchedule('poll-suppliers');
  await provider.listQueues();
  await provider.listLetters('sync-dead-letters');
  await provider.redriveLetters('sync-dead-letters', ['m']);
  await provider.redriveLetters('sync-dead-letters');
  await provider.discardLetter('sync-dead-letters', 'm');
  await provider.emptyLetters('sync-dead-letters');

  await list('suppliers');
  await one('suppliers');
  await change('suppliers', { ...SUPPLIER, id: 's', version: 1 } as { id: string });
  await provider.createSupplier(SUPPLIER, 'key');
  await provider.setSupplierStatus('s', 'paused');
  await provider.delete('suppliers', { id: 's' });
  await provider.putSupplierSecret('s', 'credential', 'x');
  await provider.deleteSupplierSecret('s', 'webhook');
  await provider.testSupplier('s');
  await provider.getSupplierHealth('s');
  await provider.compareSuppliers('day');
  await provider.listAdapters();
  await provider.previewAdapter('http-json', {}, { place: {} });
  await list('offers', { supplier: 's', sku: 'A' });
  await provider.putOffer('s', 'A', OFFER, 0);
  await provider.deleteOffer('s', 'A');
  await provider.importOffers('s', 'sku', true);
  await provider.exportOffers('s', 'cursor');
  await provider.getRouting();
  await provider.putRouting({ default: 'cheapest', products: [], version: 1 });
  await provider.simulateRouting({ lines: [{ sku: 'A', quantity: 1 }], strategy: 'fastest', ageSeconds: 1 });
  await list('tasks', { supplier: 's', status: 'open' });
  await one('tasks');
  await provider.completeTask('t', { carrier: 'x', trackingNumber: 'x', items: [] }, 'key');
  await provider.refuseTask('t', 'x', 'key');
  await list('attention');
  await provider.getDeskOrder('o');
  await provider.retryOrder('o', 'key');
  await provider.assignOrder('o', [{ sku: 'A', quantity: 1, supplierId: 's' }], 'key');
  await provider.fulfilByHand('o', { carrier: 'x', trackingNumber: 'x', items: [] }, 'key');
  await provider.cancelOrder('o', 'x', 'key');
  await list('paced-orders', { status: 'running' });
  await one('paced-orders');
  await provider.previewPlan({ sku: PACED.sku, plan: PACED.plan });
  await provider.createPacedOrder(PACED, 'key');
  await provider.setPacedStatus({ id: 'p', version: 1 }, 'paused', 'x');
  await provider.settleRefund('o', 'x', 'key');

  expect(seen.flatMap(objections)).toEqual([]);
});
