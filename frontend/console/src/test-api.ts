import { createHttp } from './api/http';

export interface Seen {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Reply = (seen: Seen) => { status?: number; body?: unknown; headers?: Record<string, string> };

function readBody({ body, headers }: RequestInit): unknown {
  if (body === undefined) return undefined;
  const isJson = new Headers(headers).get('content-type')?.includes('json');
  return isJson ? JSON.parse(String(body)) : String(body);
}

/** An API that answers as it is told to, and what it was asked. */
export function fakeApi(reply: Reply) {
  const seen: Seen[] = [];
  const http = createHttp({
    token: () => Promise.resolve('id-token'),
    fetch: async (path, init = {}) => {
      const asked: Seen = {
        method: init.method ?? 'GET',
        path: String(path),
        headers: new Headers(init.headers),
        body: readBody(init),
      };
      seen.push(asked);
      const { status = 200, body = {}, headers = {} } = reply(asked);
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      });
    },
  });
  return { http, seen };
}
