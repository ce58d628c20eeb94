import { ApiError, Unreachable } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { fakeApi } from '../test-api';
import { createHttp } from './http';

describe('the caller of the API', () => {
  it('sends the token, the version, the key and the body', async () => {
    const { http, seen } = fakeApi(() => ({ body: { ok: true } }));
    const { data } = await http('PUT', '/api/x', {
      query: { a: 'b c', none: undefined, empty: '' },
      body: { n: 1 },
      version: 7,
      idempotencyKey: 'k',
    });
    expect(data).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api/x?a=b+c', body: { n: 1 } });
    const headers = Object.fromEntries(seen[0]?.headers ?? []);
    expect(headers).toMatchObject({
      authorization: 'Bearer id-token',
      'if-match': '"7"',
      'idempotency-key': 'k',
      'content-type': 'application/json',
    });
  });

  it('tries a renewed token once where the first is refused', async () => {
    const sent: (string | null)[] = [];
    const http = createHttp({
      token: async ({ renew }) => (renew ? 'new' : 'old'),
      fetch: async (_path, init) => {
        const token = new Headers(init?.headers).get('authorization');
        sent.push(token);
        return new Response('{}', {
          status: token === 'Bearer new' ? 200 : 401,
          headers: { 'content-type': 'application/json' },
        });
      },
    });
    await http('GET', '/api/x');
    expect(sent).toEqual(['Bearer old', 'Bearer new']);
  });

  it('does not ask again with the token that was refused', async () => {
    const { http, seen } = fakeApi(() => ({ status: 401 }));
    await expect(http('GET', '/api/x')).rejects.toBeInstanceOf(ApiError);
    expect(seen).toHaveLength(1);
  });

  it('says what the record is now, where somebody else was quicker', async () => {
    const { http } = fakeApi(() => ({ status: 412, body: { title: 'Changed', current: { version: 8 } } }));
    const error = await http('PUT', '/api/x').catch((thrown: unknown) => thrown);
    expect((error as ApiError).problem.current).toEqual({ version: 8 });
  });

  it('makes a problem of every refusal, and of half an answer', async () => {
    const refused = fakeApi(() => ({ status: 502, body: '<html>' })).http('GET', '/api/x');
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    const cut = fakeApi(() => ({ body: '{"items": [' })).http('GET', '/api/x');
    await expect(cut).rejects.toBeInstanceOf(Unreachable);
  });

  it('gives other texts as they are', async () => {
    const { http } = fakeApi(() => ({
      body: 'sku\nA',
      headers: { 'content-type': 'text/csv', 'x-next-cursor': 'c' },
    }));
    const { data, headers } = await http('GET', '/api/export');
    expect([data, headers.get('x-next-cursor')]).toEqual(['sku\nA', 'c']);
  });

  it('tells a lost connection from a request that was called off', async () => {
    const failing = (error: Error) =>
      createHttp({ token: async () => undefined, fetch: () => Promise.reject(error) })('GET', '/api/x');
    await expect(failing(new TypeError('failed'))).rejects.toBeInstanceOf(Unreachable);
    await expect(failing(new DOMException('off', 'AbortError'))).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
