import { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { fakeApi } from '../test-api';
import { createProvider } from './provider';

const SORT = { field: 'id', order: 'ASC' } as const;
const page = (at: number) => ({ pagination: { page: at, perPage: 25 }, sort: SORT });

const PRODUCT = {
  id: 'prd_1',
  version: 3,
  title: ' Claw hammer ',
  slug: 'claw-hammer',
  description: '',
  status: 'draft',
  brand: { slug: 'hallamgate', title: 'Hallamgate' },
  categories: [{ slug: 'hand-tools', title: 'Hand tools' }],
  seo: { title: '', description: null },
  options: [],
  variants: [
    {
      sku: 'HAM ',
      title: '',
      options: {},
      price: { amount: 1695, currency: 'GBP' },
      compareAtPrice: null,
      stock: { available: 1, reserved: 0, sold: 0, lowStockThreshold: null },
    },
  ],
  images: [{ id: 'img_1', url: '/media/1.webp', alt: 'A hammer', renditions: [] }],
};

describe('lists', () => {
  it('are walked by cursor with their filters', async () => {
    const { http, seen } = fakeApi(({ path }) => ({
      body: path.includes('cursor') ? { items: [{ id: 'b' }] } : { items: [{ id: 'a' }], nextCursor: 'c2' },
    }));
    const provider = createProvider(http);
    const filter = { status: 'draft', q: 'ham' };
    expect(await provider.getList('products', { ...page(1), filter })).toEqual({
      data: [{ id: 'a' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(await provider.getList('products', { ...page(2), filter })).toEqual({
      data: [{ id: 'b' }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect(seen.map(({ path }) => path)).toEqual([
      '/api/console/products?status=draft&q=ham&limit=25',
      '/api/console/products?status=draft&q=ham&limit=25&cursor=c2',
    ]);
  });

  it('name their records by what names them in the API', async () => {
    const { http } = fakeApi(() => ({ body: { items: [{ slug: 'locks', title: 'Locks' }] } }));
    const { data } = await createProvider(http).getList('categories', { ...page(1), filter: {} });
    expect(data).toEqual([{ id: 'locks', slug: 'locks', title: 'Locks' }]);
  });

  it('of stock are of what runs low, or of one SKU', async () => {
    const { http, seen } = fakeApi(() => ({ body: { items: [] } }));
    const provider = createProvider(http);
    await provider.getList('stock', { ...page(1), filter: { low: 'true' } });
    await provider.getList('stock', { ...page(1), filter: { low: 'true', sku: ' HAM ' } });
    expect(seen.map(({ path }) => path)).toEqual([
      '/api/console/stock?low=true',
      '/api/console/stock?sku=HAM',
    ]);
  });

  it('of the audit trail take a subject only once it is one', async () => {
    const { http, seen } = fakeApi(() => ({ body: { items: [] } }));
    const provider = createProvider(http);
    await provider.getList('audit', { ...page(1), filter: { subject: 'prod' } });
    await provider.getList('audit', { ...page(1), filter: { subject: 'product:prd_1', actor: 'u' } });
    expect(seen.map(({ path }) => path)).toEqual([
      '/api/console/audit',
      '/api/console/audit?subject=product%3Aprd_1&actor=u',
    ]);
  });
});

describe('writing', () => {
  it('sends a product as the API takes it, with the version it was edited on', async () => {
    const { http, seen } = fakeApi(() => ({ body: { ...PRODUCT, version: 4 } }));
    const { data } = await createProvider(http).update('products', {
      id: 'prd_1',
      data: PRODUCT,
      // Looked at again while the form was open: that changes nothing.
      previousData: { ...PRODUCT, version: 9 },
    });
    expect(data.version).toBe(4);
    expect(seen[0]?.method).toBe('PUT');
    expect(seen[0]?.headers.get('if-match')).toBe('"3"');
    expect(seen[0]?.body).toEqual({
      title: 'Claw hammer',
      slug: 'claw-hammer',
      description: '',
      brand: 'hallamgate',
      categories: ['hand-tools'],
      status: 'draft',
      seo: { title: null, description: null },
      options: [],
      variants: [
        {
          sku: 'HAM',
          title: '',
          options: {},
          price: { amount: 1695, currency: 'GBP' },
          compareAtPrice: null,
        },
      ],
      images: [{ id: 'img_1', alt: 'A hammer' }],
    });
  });

  it('leaves an empty address to the API', async () => {
    const { http, seen } = fakeApi(() => ({ status: 201, body: PRODUCT }));
    await createProvider(http).create('products', { data: { ...PRODUCT, slug: ' ' } });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/api/console/products' });
    expect(seen[0]?.body).not.toHaveProperty('slug');
  });

  it('sends only what may change', async () => {
    const { http, seen } = fakeApi(() => ({ body: {} }));
    const provider = createProvider(http);
    const locks = { id: 'locks', slug: 'locks', title: 'Locks', parent: null, position: 1, version: 2 };
    await provider.update('categories', {
      id: 'locks',
      data: { ...locks, position: 0 },
      previousData: locks,
    });
    expect(seen[0]?.body).toEqual({ title: 'Locks', parent: null, description: null, position: 0 });
    expect(seen[0]?.headers.get('if-match')).toBe('"2"');
    const member = { id: 'u/1', email: 'a@b.example', group: 'operator' };
    await provider.update('staff', { id: 'u/1', data: { group: 'admin' }, previousData: member });
    expect(seen[1]).toMatchObject({ path: '/api/console/staff/u%2F1', body: { group: 'admin' } });
  });

  it('deletes the version that one looked at', async () => {
    const { http, seen } = fakeApi(() => ({ body: '' }));
    await createProvider(http).delete('brands', { id: 'x', previousData: { id: 'x', version: 5 } });
    expect(seen[0]).toMatchObject({ method: 'DELETE', path: '/api/console/brands/x' });
    expect(seen[0]?.headers.get('if-match')).toBe('"5"');
  });

  it('adjusts stock once per key', async () => {
    const { http, seen } = fakeApi(() => ({ body: {} }));
    await createProvider(http).adjustStock('A/1', { delta: -2, reason: 'lost' }, 'key');
    expect(seen[0]).toMatchObject({
      path: '/api/console/stock/A%2F1/adjustments',
      body: { delta: -2, reason: 'lost' },
    });
    expect(seen[0]?.headers.get('idempotency-key')).toBe('key');
  });
});

it('fails with what react-admin understands, its own methods and ours', async () => {
  const { http } = fakeApi(() => ({
    status: 422,
    body: { title: 'No', errors: [{ pointer: '/title', detail: 'Empty.' }] },
  }));
  const provider = createProvider(http);
  const errors = await Promise.all(
    [
      provider.create('brands', { data: { title: 'x' } }),
      provider.bulkEditProducts([], { kind: 'status', status: 'draft' }),
    ].map((call) => (call as Promise<unknown>).catch((error: unknown) => error)),
  );
  for (const error of errors) {
    expect(error).toBeInstanceOf(HttpError);
    expect((error as HttpError).body.errors).toMatchObject({ title: 'Empty.' });
  }
});
