import {
  ADDRESS_ORDER,
  type Address,
  type AddressField,
  type AddressValues,
  ApiError,
  type FieldErrors,
  isOptionalInAddress,
  type PlaceMyOrderRequest,
  type PlaceOrderRequest,
  toAddress,
} from '@ironmonger/api';
import { missingFields, refusalsOf } from './forms';

/** The checkout's fields as typed. */
export type DetailField = 'email' | AddressField;
export type Details = Readonly<Record<DetailField, string>>;

const POINTERS: Readonly<Record<string, DetailField>> = {
  '/email': 'email',
  ...Object.fromEntries(ADDRESS_ORDER.map((field) => [`/shippingAddress/${field}`, field])),
};

/** What is missing. Whether the rest is right is for the API to say. */
export function missing(details: Details, asked: readonly DetailField[]): FieldErrors<DetailField> {
  return missingFields(
    details,
    asked.filter((field) => field === 'email' || !isOptionalInAddress(field)),
  );
}

/** A guest's order for the API. */
export function toGuestRequest(cartId: string, details: Details): PlaceOrderRequest {
  return {
    cartId,
    email: details.email.trim(),
    shippingAddress: toAddress(details as AddressValues),
    paymentProvider: 'sandbox',
  };
}

/** A customer's order for the API, which knows their email address. */
export function toMyRequest(cartId: string, shippingAddress: Address): PlaceMyOrderRequest {
  return { cartId, shippingAddress, paymentProvider: 'sandbox' };
}

/** What the API, or the lack of an answer, says about an order that was not placed. */
export function refusals(error: unknown): FieldErrors<DetailField> {
  return refusalsOf(error, POINTERS);
}

/** Whether the cart holds more than there is. */
export function isShortage(error: unknown): boolean {
  return error instanceof ApiError && error.problem.kind === 'insufficient-stock';
}
