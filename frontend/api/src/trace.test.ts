import { describe, expect, it } from 'vitest';
import { createShopApi } from './client';
import { ApiError, messageOf } from './problem';
import { newTrace, TRACEPARENT, traceOf, traceparent } from './trace';

const PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/;

/** An API that keeps what it was sent and answers with `reply`. */
function recording(reply: () => Response) {
  const seen: Request[] = [];
  const api = createShopApi({
    baseUrl: 'http://shop.test',
    fetch: async (input) => {
      seen.push(input as Request);
      return reply();
    },
  });
  const traces = () => seen.map((request) => PARENT.exec(request.headers.get(TRACEPARENT) ?? '')?.[1]);
  return { api, traces };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

describe('a trace', () => {
  it('begins with the time and is unlike any other', () => {
    const trace = newTrace(1_700_000_000_000);
    expect(trace).toMatch(/^6553f100[0-9a-f]{24}$/);
    expect(newTrace(1_700_000_000_000)).not.toBe(trace);
    expect(PARENT.exec(traceparent(trace))?.[1]).toBe(trace);
  });

  it('is told by the answer, or else by the request', () => {
    const request = new Headers({ [TRACEPARENT]: traceparent('a'.repeat(32)) });
    expect(traceOf(new Headers({ 'x-trace-id': 'b'.repeat(32) }), request)).toBe('b'.repeat(32));
    expect(traceOf(new Headers(), request)).toBe('a'.repeat(32));
    expect(traceOf(new Headers(), new Headers())).toBeUndefined();
  });
});

describe('the API', () => {
  it('begins a trace with each request', async () => {
    const { api, traces } = recording(() => json(200, { items: [] }));
    await api.listCategories();
    await api.listCategories();
    const [one, other] = traces();
    expect(one).toBeDefined();
    expect(other).toBeDefined();
    expect(one).not.toBe(other);
  });

  it('pays an order in the trace that it was placed in', async () => {
    const { api, traces } = recording(() => json(201, { order: { id: 'ord_1' }, id: 'ord_1' }));
    await api.placeOrder({} as never, 'key-1');
    await api.payOrder('ord_1', 'token', { provider: 'sandbox', cardNumber: '4242424242424242' }, 'key-2');
    await api.payOrder('ord_2', 'token', { provider: 'sandbox', cardNumber: '4242424242424242' }, 'key-3');
    const [placed, paid, another] = traces();
    expect(paid).toBe(placed);
    expect(another).not.toBe(placed);
  });

  it('tells by which reference a failure is found', async () => {
    const told = recording(() => json(503, { detail: 'Busy', traceId: 'c'.repeat(32) }));
    const failure = await failureOf(told.api.listCategories());
    expect((failure as ApiError).problem.traceId).toBe('c'.repeat(32));
    expect(messageOf(failure)).toBe(`Busy. Reference: ${'c'.repeat(32)}.`);
  });

  it('falls back on what was sent where the answer comes from something on the way', async () => {
    const { api, traces } = recording(() => json(502, { message: 'Bad Gateway' }));
    const failure = await failureOf(api.listCategories());
    expect((failure as ApiError).problem.traceId).toBe(traces()[0]);
  });

  it('bothers nobody with a reference who can help themselves', async () => {
    const { api } = recording(() =>
      json(422, { detail: 'must be an email address', traceId: 'd'.repeat(32) }),
    );
    const failure = await failureOf(api.listCategories());
    expect(messageOf(failure)).toBe('Must be an email address.');
    expect(failure).toBeInstanceOf(ApiError);
  });
});
