import type { Client } from 'openapi-fetch';
import { answer, type Outcome } from './outcome';
import { query } from './query';
import type { paths } from './schema';
import type { Traces } from './traced';
import type { AddressInput, MeChange, PayOrderRequest, PlaceMyOrderRequest, ReviewInput } from './types';

/** The header that tells who is asking; throws a 401 problem for a guest. */
export type Bearer = () => Promise<{ Authorization: string }>;

/** The routes below `/api/me`, for whoever is signed in. */
export function customerRoutes(http: Client<paths>, bearer: Bearer, traces: Traces) {
  const mine = <T>(call: (headers: { Authorization: string }) => Promise<Outcome<T>>): Promise<T> =>
    answer(bearer().then(call));
  return {
    getMe: (signal?: AbortSignal) =>
      mine((headers) => http.GET('/api/me', { headers, ...(signal && { signal }) })),
    updateMe: (change: MeChange) => mine((headers) => http.PATCH('/api/me', { headers, body: change })),
    exportMe: () => mine((headers) => http.GET('/api/me/export', { headers, parseAs: 'blob' })),
    deleteMe: (email: string) =>
      mine((headers) => http.POST('/api/me/deletion', { headers, body: { email } })),
    listAddresses: (signal?: AbortSignal) =>
      mine((headers) => http.GET('/api/me/addresses', { headers, ...(signal && { signal }) })),
    createAddress: (address: AddressInput) =>
      mine((headers) => http.POST('/api/me/addresses', { headers, body: address })),
    updateAddress: (id: string, address: AddressInput) =>
      mine((headers) =>
        http.PUT('/api/me/addresses/{id}', { headers, params: { path: { id } }, body: address }),
      ),
    deleteAddress: (id: string) =>
      mine((headers) => http.DELETE('/api/me/addresses/{id}', { headers, params: { path: { id } } })),
    listMyOrders: (cursor: string | undefined, signal?: AbortSignal) =>
      mine((headers) =>
        http.GET('/api/me/orders', {
          headers,
          params: { query: query({ cursor }) },
          ...(signal && { signal }),
        }),
      ),
    getMyOrder: (id: string, signal?: AbortSignal) =>
      mine((headers) =>
        http.GET('/api/me/orders/{id}', { headers, params: { path: { id } }, ...(signal && { signal }) }),
      ),
    placeMyOrder: (order: PlaceMyOrderRequest, idempotencyKey: string) =>
      traces.begin(
        (trace) =>
          mine((headers) =>
            http.POST('/api/me/orders', {
              headers: { ...headers, ...trace },
              params: { header: { 'Idempotency-Key': idempotencyKey } },
              body: order,
            }),
          ),
        (placed) => placed.order.id,
      ),
    payMyOrder: (id: string, payment: PayOrderRequest, idempotencyKey: string) =>
      mine((headers) =>
        http.POST('/api/me/orders/{id}/payments', {
          headers: { ...headers, ...traces.goOn(id) },
          params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey } },
          body: payment,
        }),
      ),
    claimOrders: () => mine((headers) => http.POST('/api/me/order-claims', { headers, body: {} })),
    getMyCart: () => mine((headers) => http.GET('/api/me/cart', { headers })),
    mergeCart: (cartId: string) => mine((headers) => http.PUT('/api/me/cart', { headers, body: { cartId } })),
    listMyReviews: (signal?: AbortSignal) =>
      mine((headers) => http.GET('/api/me/reviews', { headers, ...(signal && { signal }) })),
    getMyReview: (productId: string, signal?: AbortSignal) =>
      mine((headers) =>
        http.GET('/api/me/reviews/{productId}', {
          headers,
          params: { path: { productId } },
          ...(signal && { signal }),
        }),
      ),
    putMyReview: (productId: string, review: ReviewInput) =>
      mine((headers) =>
        http.PUT('/api/me/reviews/{productId}', { headers, params: { path: { productId } }, body: review }),
      ),
    deleteMyReview: (productId: string) =>
      mine((headers) =>
        http.DELETE('/api/me/reviews/{productId}', { headers, params: { path: { productId } } }),
      ),
  };
}
