import type { Middleware } from 'openapi-fetch';
import { newTrace, TRACE_HEADER, TRACEPARENT, traceOf, traceparent } from './trace';

/** Begins a trace with each request that is not part of one, and lets every answer say which it belongs to. */
export const traced: Middleware = {
  onRequest({ request }) {
    if (!request.headers.has(TRACEPARENT)) request.headers.set(TRACEPARENT, traceparent(newTrace()));
    return request;
  },
  onResponse({ request, response }) {
    const trace = traceOf(response.headers, request.headers);
    if (trace === undefined || response.headers.has(TRACE_HEADER)) return undefined;
    // Something on the way answered, such as a gateway that waited for too long.
    const headers = new Headers(response.headers);
    headers.set(TRACE_HEADER, trace);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  },
};

/** The header of a request that is part of a trace. */
export type TraceHeader = { [TRACEPARENT]: string };

/** The traces of the orders that were placed on this page: paying for one goes on with its trace. */
export function createTraces() {
  const byOrder = new Map<string, string>();
  return {
    /** Places an order in a new trace, and remembers it by the order's id. */
    async begin<T>(place: (header: TraceHeader) => Promise<T>, orderId: (placed: T) => string): Promise<T> {
      const trace = newTrace();
      const placed = await place({ [TRACEPARENT]: traceparent(trace) });
      byOrder.set(orderId(placed), trace);
      return placed;
    },
    /** The header for a request about an order. */
    goOn: (orderId: string): TraceHeader => ({
      [TRACEPARENT]: traceparent(byOrder.get(orderId) ?? newTrace()),
    }),
  };
}

export type Traces = ReturnType<typeof createTraces>;
