/** Integer minor units of a currency. */
export interface Money {
  amount: number;
  currency: string;
}

export type ProductStatus = 'draft' | 'active' | 'archived';

/** A page of a list that is walked by cursor. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface Titled {
  slug: string;
  title: string;
}

/** A product as the console's list has it. */
export interface ProductRow {
  id: string;
  slug: string;
  title: string;
  status: ProductStatus;
  brand: Titled | null;
  /** Slugs. */
  categories: string[];
  price: Money;
  compareAtPrice: Money | null;
  image: { url: string; alt: string } | null;
  available: number;
  variantCount: number;
  updatedAt: string;
  version: number;
}

export interface StockLevel {
  available: number;
  reserved: number;
  sold: number;
  lowStockThreshold: number | null;
}

export interface ProductOption {
  name: string;
  values: string[];
}

export interface VariantInput {
  sku: string;
  title: string;
  options: Record<string, string>;
  price: Money;
  compareAtPrice: Money | null;
}

export interface Variant extends VariantInput {
  stock: StockLevel;
}

export interface Rendition {
  width: number;
  url: string;
}

export interface ProductImage {
  id: string;
  url: string;
  alt: string;
  width?: number | null;
  height?: number | null;
  renditions: Rendition[];
}

export interface Seo {
  title: string | null;
  description: string | null;
}

/** What creating and replacing a product takes. */
export interface ProductInput {
  title: string;
  slug?: string;
  description: string;
  brand: string | null;
  categories: string[];
  status: ProductStatus;
  seo: Seo;
  options: ProductOption[];
  variants: VariantInput[];
  images: { id: string; alt: string }[];
}

/** A product as the console's API answers with it. */
export interface ConsoleProduct {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  title: string;
  slug: string;
  description: string;
  brand: Titled | null;
  categories: Titled[];
  status: ProductStatus;
  seo: Seo | null;
  options: ProductOption[];
  variants: Variant[];
  images: ProductImage[];
}

export type BulkChange =
  | { kind: 'status'; status: ProductStatus }
  | { kind: 'price'; percent: number }
  | { kind: 'price'; amount: number }
  | { kind: 'categories'; add: string[]; remove: string[] };

export interface BulkResult {
  id: string;
  title: string;
  ok: boolean;
  detail: string | null;
}

export interface Category extends Titled {
  parent: string | null;
  position: number;
  description: string | null;
  productCount: number;
  version: number;
}

export interface Brand extends Titled {
  version: number;
}

export interface StockItem extends StockLevel {
  sku: string;
  productId: string;
  productTitle: string;
  variantTitle: string;
}

export const ADJUSTMENT_REASONS = [
  'received',
  'returned',
  'counted',
  'correction',
  'damaged',
  'lost',
] as const;

export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number];

export interface StockAdjustment {
  delta: number;
  reason: AdjustmentReason;
  note?: string;
}

export interface StockEntry {
  id: string;
  at: string;
  delta: number;
  /** How many could be bought after it. */
  available: number;
  reason: AdjustmentReason;
  note: string | null;
  actor: { id: string; email: string | null };
}

export type ReviewStatus = 'published' | 'pending' | 'hidden';

export interface Review {
  id: string;
  productId: string;
  productTitle: string;
  productSlug: string;
  rating: number;
  title: string;
  body: string;
  author: string;
  status: ReviewStatus;
  verifiedPurchase: boolean;
  createdAt: string;
  editedAt: string | null;
  note?: string | null;
  version: number;
}

export interface Synonyms {
  groups: string[][];
  version: number;
}

/** Where to put the bytes of a file, and for how long one may. */
export interface Upload {
  id: string;
  upload: { method: string; url: string; headers: Record<string, string> };
  expiresAt: string;
}

export interface ImageUpload {
  id: string;
  status: 'waiting' | 'ready' | 'refused';
  reason: string | null;
  image: ProductImage | null;
}

export type ImportMode = 'dryRun' | 'allOrNothing' | 'goodRows';

export type ImportStatus = 'waiting' | 'reading' | 'applying' | 'done' | 'refused' | 'failed';

export interface ImportError {
  row: number;
  column: string | null;
  message: string;
}

export interface ProductImport {
  id: string;
  fileName: string;
  mode: ImportMode;
  status: ImportStatus;
  rows: number | null;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Products that were left out. */
  failed: number;
  /** The first of them. */
  errors: ImportError[];
  errorCount: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  by: string;
}
