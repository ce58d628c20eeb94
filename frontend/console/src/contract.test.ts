import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createProvider } from './data/provider';
import { fakeApi, type Seen } from './test-api';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
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
  const schema = operation.requestBody && resolve(operation.requestBody.content['application/json'].schema);
  if (!schema !== (seen.body === undefined)) told.push(schema ? 'no body' : 'a body');
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

const PAGE = { pagination: { page: 1, perPage: 25 }, sort: { field: 'id', order: 'ASC' as const } };
const PRODUCT = { id: 'p', version: 1, title: 'A', slug: 'a', categories: [], variants: [], images: [] };
const CATEGORY = { id: 'c', slug: 'c', title: 'C', parent: null, position: 0, description: '', version: 1 };

it('every request of the console is one that the API’s document has', async () => {
  const { http, seen } = fakeApi(({ path }) => ({
    body: path.includes('export') ? 'sku' : { items: [] },
    ...(path.includes('export') && { headers: { 'content-type': 'text/csv' } }),
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
  await provider.revokePartnerKey('k');
  await list('audit', { subject: 'product:p', actor: 'u' });
  await list('product-imports');
  await provider.createProductImport({ fileName: 'a.csv', bytes: 1, mode: 'dryRun' });
  await provider.getProductImport('i');
  await provider.exportProducts('cursor');
  await provider.createImageUpload('p', { fileName: 'a.png', contentType: 'image/png', bytes: 1, alt: 'A' });
  await provider.getImageUpload('u');
  await provider.getSynonyms();
  await provider.putSynonyms([['a', 'b']], 1);

  expect(seen.flatMap(objections)).toEqual([]);
});
