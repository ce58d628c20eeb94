/**
 * What ties a request to all that comes of it in the shop's logs, as W3C's Trace Context has it
 * (https://www.w3.org/TR/trace-context/).
 */

/** The header that a request says its trace with. */
export const TRACEPARENT = 'traceparent';
/** The header that an answer says it with. */
export const TRACE_HEADER = 'x-trace-id';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A new trace: 32 hexadecimal digits, of which the first eight are the time in seconds. */
export function newTrace(now = Date.now()): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')
    .slice(-8);
  return seconds + hex(crypto.getRandomValues(new Uint8Array(12)));
}

/** The value of `TRACEPARENT` for a request that is part of a trace. */
export function traceparent(trace: string): string {
  const span = crypto.getRandomValues(new Uint8Array(8));
  // A span of nothing but zeros is none.
  span[0] = (span[0] ?? 0) | 1;
  return `00-${trace}-${hex(span)}-01`;
}

/** The trace that an answer belongs to: what it says itself, or what was sent where something on the way answered. */
export function traceOf(answer: Headers, request: Headers): string | undefined {
  return answer.get(TRACE_HEADER) ?? request.get(TRACEPARENT)?.split('-')[1];
}
