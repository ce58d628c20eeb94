import { wholeBetween } from '../suppliers/form';
import type { OrderPart } from '../types';

/** A piece count per SKU, as one types it. */
export type Quantities = Record<string, string>;

export interface ParcelValues {
  carrier: string;
  trackingNumber: string;
  quantities: Quantities;
}

/** The most characters of a carrier's name and of its number. */
export const MAX_PARCEL_TEXT = 100;

/** Names of a form's fields hold no dots, SKUs may. */
export const fieldOf = (sku: string) => encodeURIComponent(sku).replaceAll('.', '%2E');

/** The form's values for sending all there is. */
export function wholeParcel(items: readonly OrderPart[]): ParcelValues {
  return {
    carrier: '',
    trackingNumber: '',
    quantities: Object.fromEntries(items.map(({ sku, quantity }) => [fieldOf(sku), String(quantity)])),
  };
}

/** What is wrong with the quantities of a parcel. */
export function quantityMessages(items: readonly OrderPart[], quantities: Quantities | undefined) {
  const messages: Record<string, string> = {};
  for (const { sku, quantity } of items) {
    const text = quantities?.[fieldOf(sku)];
    if (wholeBetween(text, 0, quantity) === undefined) messages[fieldOf(sku)] = `0 to ${quantity}.`;
  }
  const isEmpty = items.every(({ sku }) => wholeBetween(quantities?.[fieldOf(sku)], 0, 0) === 0);
  const [first] = items;
  if (isEmpty && first) messages[fieldOf(first.sku)] = 'At least one piece must be in it.';
  return messages;
}

/** The pieces of a parcel, without those that stay behind. */
export function parcelItems(items: readonly OrderPart[], quantities: Quantities): OrderPart[] {
  return items.flatMap(({ sku, quantity: most }) => {
    const quantity = wholeBetween(quantities[fieldOf(sku)], 1, most);
    return quantity === undefined ? [] : [{ sku, quantity }];
  });
}

/** Who carries a parcel and under which number, as far as it was said. */
export function trackingOf({ carrier, trackingNumber }: ParcelValues) {
  return {
    ...(carrier?.trim() && { carrier: carrier.trim() }),
    ...(trackingNumber?.trim() && { trackingNumber: trackingNumber.trim() }),
  };
}
