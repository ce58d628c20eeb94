import { describe, expect, it } from 'vitest';
import { createShopApi } from './client';
import { ApiError, Unreachable } from './problem';

function apiAnswering(reply: (request: Request) => Response | Promise<Response>) {
  return createShopApi({
    baseUrl: 'http://shop.test',
    fetch: async (input) => reply(input as Request),
  });
}

const json = (status: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });

describe('createShopApi', () => {
  it('sends the idempotency key and the token as headers, never in the address', async () => {
    let seen: Request | undefined;
    const api = apiAnswering((request) => {
      seen = request;
      return json(200, { id: 'ord_1' });
    });
    await api.payOrder('ord_1', 'secret', { provider: 'sandbox', cardNumber: '4242424242424242' }, 'key-1');
    expect(seen?.headers.get('x-order-token')).toBe('secret');
    expect(seen?.headers.get('idempotency-key')).toBe('key-1');
    expect(seen?.url).toBe('http://shop.test/api/orders/ord_1/payments');
  });

  it('escapes what goes into a path', async () => {
    let url = '';
    const api = apiAnswering((request) => {
      url = request.url;
      return json(200, {});
    });
    await api.getProduct('a/b?c');
    expect(url).toBe('http://shop.test/api/products/a%2Fb%3Fc');
  });

  it('leaves out the parts of a listing that were not asked for', async () => {
    let url = '';
    const api = apiAnswering((request) => {
      url = request.url;
      return json(200, { items: [] });
    });
    await api.listProducts({ category: 'locks', cursor: undefined, limit: 12 });
    expect(url).toBe('http://shop.test/api/products?category=locks&limit=12');
  });

  it('throws the problem of a refusal', async () => {
    const api = apiAnswering(() =>
      json(402, { type: '/problems/payment-declined', detail: 'Declined' }, 'application/problem+json'),
    );
    const failure = await api
      .payOrder('o', 't', { provider: 'sandbox', cardNumber: '4000000000000002' }, 'k')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).problem).toMatchObject({ kind: 'payment-declined', status: 402 });
  });

  it('throws Unreachable when there is no answer', async () => {
    const api = apiAnswering(() => Promise.reject(new TypeError('network')));
    await expect(api.listCategories()).rejects.toBeInstanceOf(Unreachable);
  });

  it('lets an abort through as what it is', async () => {
    const api = apiAnswering(() => Promise.reject(new DOMException('stopped', 'AbortError')));
    await expect(api.listCategories()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('asks a search for what was given alone, and for each brand', async () => {
    let url = '';
    const api = apiAnswering((request) => {
      url = request.url;
      return json(200, { items: [] });
    });
    await api.search({ q: 'nut & bolt', brand: ['a', 'b'], minPrice: 0, inStock: false, cursor: undefined });
    expect(url).toBe('http://shop.test/api/search?q=nut%20%26%20bolt&minPrice=0&brand=a&brand=b');
  });
});

describe('the routes of one’s own', () => {
  const signedIn = (
    token: string | undefined,
    seen: Request[],
    reply = () => json(200, { order: { id: 'ord_1' } }),
  ) =>
    createShopApi({
      baseUrl: 'http://shop.test',
      token: async () => token,
      fetch: async (input) => {
        seen.push(input as Request);
        return reply();
      },
    });

  it('carry the token of whoever is signed in, and the others do not', async () => {
    const seen: Request[] = [];
    const api = signedIn('id-token', seen);
    await api.getMe();
    await api.placeMyOrder({} as never, 'key-1');
    await api.listCategories();
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer id-token',
      'Bearer id-token',
      null,
    ]);
    expect(seen[1]?.headers.get('idempotency-key')).toBe('key-1');
  });

  it('are not even asked for a guest', async () => {
    const seen: Request[] = [];
    await expect(signedIn(undefined, seen).getMe()).rejects.toMatchObject({ problem: { status: 401 } });
    expect(seen).toEqual([]);
  });

  it('say that there was no answer when the token cannot be renewed', async () => {
    const api = createShopApi({ token: () => Promise.reject(new Error('offline')) });
    await expect(api.getMe()).rejects.toBeInstanceOf(Unreachable);
  });

  it('take an answer without a body for a success', async () => {
    const api = signedIn('id-token', [], () => new Response(null, { status: 204 }));
    await expect(api.deleteAddress('adr_1')).resolves.toBeUndefined();
  });

  it('give a file as it is', async () => {
    const api = signedIn('id-token', [], () => new Response('{"all":1}', { status: 200 }));
    expect(await (await api.exportMe()).text()).toBe('{"all":1}');
  });
});
