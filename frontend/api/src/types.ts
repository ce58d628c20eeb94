import type { components, paths } from './schema';

type JsonOf<Operation, Status extends number> = Operation extends {
  responses: Record<Status, { content: { 'application/json': infer Body } }>;
}
  ? Body
  : never;
type JsonBody<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : never;
type Schemas = components['schemas'];

/** Integer minor units of a currency, as everywhere in the API. */
export type Money = Schemas['Money'];

/** A category or a brand as a product refers to it. */
export type Ref = Schemas['CategoryRef'];

/** A picture; its renditions are the same picture in several widths. */
export type Image = Schemas['Image'];

/** What published reviews come to. */
export type Rating = Schemas['Rating'];

/** A page of products. */
export type ProductList = JsonOf<paths['/api/products']['get'], 200>;
/** A product as listings show it. */
export type ListingItem = ProductList['items'][number];
/** A product with everything its page needs. */
export type Product = JsonOf<paths['/api/products/{idOrSlug}']['get'], 200>;
/** What one can actually buy: a product in one combination of its options. */
export type Variant = Product['variants'][number];
/** A category, in the tree's order; its count includes the categories below it. */
export type Category = JsonOf<paths['/api/categories']['get'], 200>['items'][number];

/** The orders in which search results can be had. */
export type SearchSort = 'relevance' | 'price' | '-price' | 'newest' | 'rating' | 'title';

/** What is searched for; without words, everything that the filters let through. */
export interface SearchQuery {
  q?: string | undefined;
  category?: string | undefined;
  /** Slugs; a product of any of them will do. */
  brand?: readonly string[] | undefined;
  /** Minor units. */
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  minRating?: number | undefined;
  inStock?: boolean | undefined;
  sort?: SearchSort | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What was found, and what each filter would leave of it. */
export type SearchResult = JsonOf<paths['/api/search']['get'], 200>;
/** How many products of the whole result each filter would leave. */
export type Facets = SearchResult['facets'];
/** A stretch of a title, and whether it is one of the words searched for. */
export type HighlightPart = Schemas['TextPart'];

/** A cart with prices and availability as of now. */
export type Cart = JsonOf<paths['/api/carts/{id}']['get'], 200>;
/** A line of a cart. */
export type CartItem = Cart['items'][number];
/** An order as its buyer sees it. */
export type Order = JsonOf<paths['/api/orders/{id}']['get'], 200>;
/** Where an order stands. */
export type OrderStatus = Order['status'];
/** Where to send an order. */
export type Address = Order['shippingAddress'];

/** What `POST /api/orders` takes. */
export type PlaceOrderRequest = JsonBody<paths['/api/orders']['post']>;
/** What `POST /api/me/orders` takes: the email address is the account's. */
export type PlaceMyOrderRequest = JsonBody<paths['/api/me/orders']['post']>;
/** What `POST /api/orders/{id}/payments` takes. */
export type PayOrderRequest = JsonBody<paths['/api/orders/{id}/payments']['post']>;

/** A customer's own account. */
export type Me = JsonOf<paths['/api/me']['get'], 200>;
/** What a customer may change about the account. */
export type MeChange = JsonBody<paths['/api/me']['patch']>;
/** What an entry of the address book is made of. */
export type AddressInput = JsonBody<paths['/api/me/addresses']['post']>;
/** An entry of the address book. */
export type SavedAddress = JsonOf<paths['/api/me/addresses']['get'], 200>['items'][number];
/** An order in the list of one's own. */
export type OrderSummary = JsonOf<paths['/api/me/orders']['get'], 200>['items'][number];

/** A page of a product's reviews; `summary.histogram[0]` counts those of one star. */
export type ReviewList = JsonOf<paths['/api/products/{idOrSlug}/reviews']['get'], 200>;
/** A review as everybody reads it. */
export type Review = ReviewList['items'][number];
export type ReviewSort = 'newest' | 'highest' | 'lowest';
/** Whether one may review a product, and the review if there is one. */
export type MyReview = JsonOf<paths['/api/me/reviews/{productId}']['get'], 200>;
/** One's own review, wherever it stands. */
export type OwnReview = Schemas['OwnReview'];
/** What a review is made of. */
export type ReviewInput = JsonBody<paths['/api/me/reviews/{productId}']['put']>;
