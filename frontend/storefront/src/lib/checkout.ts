import { ApiError, type FieldErrors, fieldErrors, messageOf, type PlaceOrderRequest } from '@ironmonger/api';

/** The checkout's fields as typed. */
export interface Details {
  email: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
}

export type DetailField = keyof Details;

/** Labels, in the order of the form. */
export const LABELS: Readonly<Record<DetailField, string>> = {
  email: 'Email address',
  name: 'Full name',
  line1: 'Address line 1',
  line2: 'Address line 2',
  city: 'Town or city',
  region: 'County or region',
  postalCode: 'Postcode',
  country: 'Country',
};

export const FIELD_ORDER = Object.keys(LABELS) as DetailField[];

const OPTIONAL: readonly DetailField[] = ['line2', 'region'];

export function isOptional(field: DetailField): boolean {
  return OPTIONAL.includes(field);
}

const POINTERS: Readonly<Record<string, DetailField>> = {
  '/email': 'email',
  '/shippingAddress/name': 'name',
  '/shippingAddress/line1': 'line1',
  '/shippingAddress/line2': 'line2',
  '/shippingAddress/city': 'city',
  '/shippingAddress/region': 'region',
  '/shippingAddress/postalCode': 'postalCode',
  '/shippingAddress/country': 'country',
};

/** What is missing. Whether the rest is right is for the API to say. */
export function missing(details: Details): FieldErrors<DetailField> {
  const fields: Partial<Record<DetailField, string>> = {};
  for (const field of FIELD_ORDER) {
    if (!isOptional(field) && details[field].trim() === '') fields[field] = 'This is needed.';
  }
  return { fields, others: [] };
}

/** The order for the API: trimmed, and without the optional parts that were left empty. */
export function toRequest(cartId: string, details: Details): PlaceOrderRequest {
  const { email, name, line1, line2, city, region, postalCode, country } = Object.fromEntries(
    FIELD_ORDER.map((field) => [field, details[field].trim()]),
  ) as unknown as Details;
  return {
    cartId,
    email,
    shippingAddress: {
      name,
      line1,
      ...(line2 !== '' && { line2 }),
      city,
      ...(region !== '' && { region }),
      postalCode,
      country,
    },
    paymentProvider: 'sandbox',
  };
}

/** The API's messages continue a field's name ("must have …"); beside a field they stand alone. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** What the API, or the lack of an answer, says about an order that was not placed. */
export function refusals(error: unknown): FieldErrors<DetailField> {
  if (!(error instanceof ApiError)) return { fields: {}, others: [messageOf(error)] };
  const { fields, others } = fieldErrors(error.problem, POINTERS);
  for (const field of FIELD_ORDER) {
    const text = fields[field];
    if (text) fields[field] = sentence(text);
  }
  return { fields, others: others.map(sentence) };
}

/** Whether the cart holds more than there is. */
export function isShortage(error: unknown): boolean {
  return error instanceof ApiError && error.problem.kind === 'insufficient-stock';
}
