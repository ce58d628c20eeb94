import type { ConsoleProduct } from '../api/types';

/** Whether this is all of a product: react-admin shows a row of a list until the whole has come. */
export const isWhole = (product: ConsoleProduct | undefined): product is ConsoleProduct =>
  product !== undefined && Array.isArray(product.variants);
