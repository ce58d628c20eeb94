import createClient from 'openapi-fetch';
import { ApiError, readProblem, Unreachable } from './problem';
import type { paths } from './schema';

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable(error);
  }
  if (outcome.data === undefined) throw new ApiError(readProblem(outcome.response.status, outcome.error));
  return outcome.data;
}

type JsonBody<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : never;

/** What `POST /api/orders` takes. */
export type PlaceOrderRequest = JsonBody<paths['/api/orders']['post']>;
/** What `POST /api/orders/{id}/payments` takes. */
export type PayOrderRequest = JsonBody<paths['/api/orders/{id}/payments']['post']>;

/** Which page of which listing: without a category, the whole catalogue. */
export interface ListingPage {
  category?: string | undefined;
  cursor?: string | undefined;
  limit?: number;
}

/**
 * The shop's API, one method per route. Every method throws `ApiError` for an answer that is not a
 * success and `Unreachable` when there was no answer.
 */
export function createShopApi(options: { baseUrl?: string; fetch?: typeof fetch } = {}) {
  const http = createClient<paths>({
    baseUrl: options.baseUrl ?? '',
    ...(options.fetch && { fetch: (request: Request) => (options.fetch as typeof fetch)(request) }),
  });
  return {
    listProducts: ({ category, cursor, limit }: ListingPage, signal?: AbortSignal) =>
      answer(
        http.GET('/api/products', {
          params: {
            query: { ...(category && { category }), ...(cursor && { cursor }), ...(limit && { limit }) },
          },
          ...(signal && { signal }),
        }),
      ),
    getProduct: (idOrSlug: string, signal?: AbortSignal) =>
      answer(
        http.GET('/api/products/{idOrSlug}', { params: { path: { idOrSlug } }, ...(signal && { signal }) }),
      ),
    listCategories: (signal?: AbortSignal) =>
      answer(http.GET('/api/categories', { ...(signal && { signal }) })),
    createCart: () => answer(http.POST('/api/carts', { body: {} })),
    getCart: (id: string, signal?: AbortSignal) =>
      answer(http.GET('/api/carts/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    putCartItem: (id: string, sku: string, quantity: number) =>
      answer(http.PUT('/api/carts/{id}/items/{sku}', { params: { path: { id, sku } }, body: { quantity } })),
    deleteCartItem: (id: string, sku: string) =>
      answer(http.DELETE('/api/carts/{id}/items/{sku}', { params: { path: { id, sku } } })),
    placeOrder: (order: PlaceOrderRequest, idempotencyKey: string) =>
      answer(
        http.POST('/api/orders', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body: order,
        }),
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
          params: {
            path: { id },
            header: { 'X-Order-Token': accessToken, 'Idempotency-Key': idempotencyKey },
          },
          body: payment,
        }),
      ),
  };
}

/** The shop's API as an object; tests give their own. */
export type ShopApi = ReturnType<typeof createShopApi>;

type Answer<Method extends keyof ShopApi> = Awaited<ReturnType<ShopApi[Method]>>;

/** A page of products. */
export type ProductList = Answer<'listProducts'>;
/** A product as listings show it. */
export type ListingItem = ProductList['items'][number];
/** A product with everything its page needs. */
export type Product = Answer<'getProduct'>;
/** What one can actually buy: a product in one combination of its options. */
export type Variant = Product['variants'][number];
/** A category with the number of its products. */
export type Category = Answer<'listCategories'>['items'][number];
/** A cart with prices and availability as of now. */
export type Cart = Answer<'getCart'>;
/** A line of a cart. */
export type CartItem = Cart['items'][number];
/** An order as its buyer sees it. */
export type Order = Answer<'getOrder'>;
/** Where an order stands. */
export type OrderStatus = Order['status'];
/** A parcel of an order. */
export type Shipment = Order['shipments'][number];
/** Integer minor units of a currency, as everywhere in the API. */
export type Money = Cart['subtotal'];
/** Where to send an order. */
export type Address = Order['shippingAddress'];
