import type { Money } from '@ironmonger/api';
import type { Schemas, Told, With } from './told';

export type { Money };

export type ProductStatus = Schemas['ProductStatus'];

/** A page of a list that is walked by cursor. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export type Titled = Schemas['CategoryRef'];

/** A product as the console's list has it. */
export type ProductRow = Told<Schemas['DeskProduct']>;

export type StockLevel = Told<Schemas['StockLevel']>;

export type ProductOption = Schemas['ProductOption'];

export type VariantInput = Told<Schemas['VariantInput']>;

export type Variant = Told<Schemas['ConsoleVariant']>;

export type ProductImage = Told<Schemas['ConsoleImage']>;

export type Seo = Told<Schemas['Seo']>;

/** What creating and replacing a product takes. The API finds a slug where none is given. */
export type ProductInput = With<Told<Schemas['ProductInput']>, { slug?: string }>;

/** A product as the console's API answers with it. */
export type ConsoleProduct = Told<Schemas['ConsoleProduct']>;

/** What is done to each of several products; a price changes by percent or by an amount. */
export type BulkChange =
  | Extract<Schemas['BulkChange'], { kind: 'status' }>
  | { kind: 'price'; percent: number }
  | { kind: 'price'; amount: number }
  | Told<Extract<Schemas['BulkChange'], { kind: 'categories' }>>;

export type BulkResult = Told<Schemas['BulkResult']>;

export type Category = Told<Schemas['ConsoleCategory']>;

export type Brand = Schemas['ConsoleBrand'];

export type StockItem = Told<Schemas['StockItem']>;

export type AdjustmentReason = Schemas['AdjustmentReason'];

/** The reasons as they stand in a list: what comes in first. */
export const ADJUSTMENT_REASONS = [
  'received',
  'returned',
  'counted',
  'correction',
  'damaged',
  'lost',
] as const satisfies readonly AdjustmentReason[];

export type StockAdjustment = Schemas['AdjustStock'];

export type StockEntry = Told<Schemas['StockAdjustment']>;

export type ReviewStatus = Schemas['ReviewStatusDto'];

export type Review = Told<Schemas['ConsoleReview']>;

export type Synonyms = Schemas['Synonyms'];

/** Where to put the bytes of a file, and for how long one may. */
export type Upload = Schemas['ImageUploadRequest'];

export type ImageUpload = With<Told<Schemas['ImageUpload']>, { image: ProductImage | null }>;

export type ImportMode = Schemas['ImportMode'];

export type ImportStatus = Schemas['ImportStatus'];

export type ImportError = Told<Schemas['RowError']>;

export type ProductImport = Told<Schemas['ProductImport']>;
