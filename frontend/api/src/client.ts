import createClient from 'openapi-fetch';
import { type Bearer, customerRoutes } from './customer';
import { answer } from './outcome';
import { ApiError, readProblem } from './problem';
import { query } from './query';
import type { paths } from './schema';
import { createTraces, traced } from './traced';
import type { PayOrderRequest, PlaceOrderRequest, ReviewSort, SearchQuery } from './types';

/** Which page of which listing: without a category, the whole catalogue. */
export interface ListingPage {
  category?: string | undefined;
  cursor?: string | undefined;
  limit?: number;
}

/**
 * Past the browser's own cache, which may answer with what was before one's own change. The shop's cache
 * in between still answers for a few seconds.
 */
const FRESH = { cache: 'no-cache' } as const;

interface Options {
  baseUrl?: string;
  fetch?: typeof fetch;
  /** Gives the ID token of whoever is signed in; `undefined` for a guest. */
  token?: () => Promise<string | undefined>;
}

/**
 * The shop's API, one method per route. Every method throws `ApiError` for an answer that is not a
 * success and `Unreachable` when there was no answer.
 */
export function createShopApi(options: Options = {}) {
  const http = createClient<paths>({
    baseUrl: options.baseUrl ?? '',
    ...(options.fetch && { fetch: (request: Request) => (options.fetch as typeof fetch)(request) }),
  });
  http.use(traced);
  const traces = createTraces();
  const bearer: Bearer = async () => {
    const token = await options.token?.();
    if (!token) throw new ApiError(readProblem(401, { detail: 'Sign in first.' }));
    return { Authorization: `Bearer ${token}` };
  };
  return {
    ...customerRoutes(http, bearer, traces),
    listProducts: ({ category, cursor, limit }: ListingPage, signal?: AbortSignal) =>
      answer(
        http.GET('/api/products', {
          params: { query: query({ category, cursor, limit }) },
          ...(signal && { signal }),
        }),
      ),
    getProduct: (idOrSlug: string, signal?: AbortSignal) =>
      answer(
        http.GET('/api/products/{idOrSlug}', {
          params: { path: { idOrSlug } },
          ...FRESH,
          ...(signal && { signal }),
        }),
      ),
    listCategories: (signal?: AbortSignal) =>
      answer(http.GET('/api/categories', { ...(signal && { signal }) })),
    search: ({ category, brand, ...rest }: SearchQuery, signal?: AbortSignal) =>
      answer(
        http.GET('/api/search', {
          params: {
            query: query({
              ...rest,
              category: category ? [category] : undefined,
              brand: brand && [...brand],
            }),
          },
          ...(signal && { signal }),
        }),
      ),
    listReviews: (
      idOrSlug: string,
      page: { sort?: ReviewSort; cursor?: string | undefined },
      signal?: AbortSignal,
    ) =>
      answer(
        http.GET('/api/products/{idOrSlug}/reviews', {
          params: { path: { idOrSlug }, query: query(page) },
          ...FRESH,
          ...(signal && { signal }),
        }),
      ),
    createCart: () => answer(http.POST('/api/carts', { body: {} })),
    getCart: (id: string, signal?: AbortSignal) =>
      answer(http.GET('/api/carts/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    putCartItem: (id: string, sku: string, quantity: number) =>
      answer(http.PUT('/api/carts/{id}/items/{sku}', { params: { path: { id, sku } }, body: { quantity } })),
    deleteCartItem: (id: string, sku: string) =>
      answer(http.DELETE('/api/carts/{id}/items/{sku}', { params: { path: { id, sku } } })),
    placeOrder: (order: PlaceOrderRequest, idempotencyKey: string) =>
      traces.begin(
        (headers) =>
          answer(
            http.POST('/api/orders', {
              headers,
              params: { header: { 'Idempotency-Key': idempotencyKey } },
              body: order,
            }),
          ),
        (placed) => placed.order.id,
      ),
    getOrder: (id: string, accessToken: string, signal?: AbortSignal) =>
      answer(
        http.GET('/api/orders/{id}', {
          params: { path: { id }, header: { 'X-Order-Token': accessToken } },
          ...(signal && { signal }),
        }),
      ),
    payOrder: (id: string, accessToken: string, payment: PayOrderRequest, idempotencyKey: string) =>
      answer(
        http.POST('/api/orders/{id}/payments', {
          headers: traces.goOn(id),
          params: {
            path: { id },
            header: { 'X-Order-Token': accessToken, 'Idempotency-Key': idempotencyKey },
          },
          body: payment,
        }),
      ),
  };
}
