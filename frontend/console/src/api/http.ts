import {
  ApiError,
  newTrace,
  readProblem,
  TRACE_HEADER,
  TRACEPARENT,
  traceparent,
  Unreachable,
} from '@ironmonger/api';

/** What goes along with a request. */
export interface Call {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** A body that is not JSON. */
  file?: { type: string; text: string };
  /** The version that the change was made on: it is refused where somebody else was quicker. */
  version?: number | undefined;
  idempotencyKey?: string;
  signal?: AbortSignal | undefined;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

/** Calls the console's API as whoever is signed in. */
export type Http = <T>(method: string, path: string, call?: Call) => Promise<Answer<T>>;

function addressOf(path: string, query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  if (!response.headers.get('content-type')?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    // A proxy's half answer to a failed request is still that failure.
    if (!response.ok) return text;
    throw new Unreachable(error);
  }
}

type Token = (options: { renew: boolean }) => Promise<string | undefined>;

function headersOf(token: string | undefined, call: Call, trace: string): Headers {
  const headers = new Headers({ accept: 'application/json, text/csv', [TRACEPARENT]: traceparent(trace) });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (call.file !== undefined) headers.set('content-type', call.file.type);
  else if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (call.version !== undefined) headers.set('if-match', `"${call.version}"`);
  if (call.idempotencyKey) headers.set('idempotency-key', call.idempotencyKey);
  return headers;
}

/** Makes a caller of the API. It throws `ApiError` for a refusal and `Unreachable` when no answer came. */
export function createHttp(options: { token: Token; fetch?: typeof fetch }): Http {
  const fetcher = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));

  async function send(
    method: string,
    path: string,
    call: Call,
    token: string | undefined,
    trace: string,
  ): Promise<Response> {
    try {
      return await fetcher(addressOf(path, call.query), {
        method,
        headers: headersOf(token, call, trace),
        ...(call.file !== undefined
          ? { body: call.file.text }
          : call.body !== undefined && { body: JSON.stringify(call.body) }),
        ...(call.signal && { signal: call.signal }),
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Unreachable(error);
    }
  }

  return async <T>(method: string, path: string, call: Call = {}) => {
    const trace = newTrace();
    const token = await options.token({ renew: false });
    let response = await send(method, path, call, token, trace);
    // A token may be refused before its time, as by a clock that is wrong: a new one is tried once.
    if (response.status === 401 && token !== undefined) {
      const renewed = await options.token({ renew: true });
      if (renewed !== undefined && renewed !== token) {
        response = await send(method, path, call, renewed, trace);
      }
    }
    const body = await bodyOf(response);
    if (response.ok) return { data: body as T, headers: response.headers };
    throw new ApiError(readProblem(response.status, body, response.headers.get(TRACE_HEADER) ?? trace));
  };
}
