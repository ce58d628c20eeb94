import { countryName, HOME_COUNTRY } from './countries';
import type { Address } from './types';

/** The fields of an address, in the order of a form. */
export const ADDRESS_ORDER = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country'] as const;

export type AddressField = (typeof ADDRESS_ORDER)[number];
export type AddressValues = Record<AddressField, string>;

export const ADDRESS_LABELS: Readonly<Record<AddressField, string>> = {
  name: 'Full name',
  line1: 'Address line 1',
  line2: 'Address line 2',
  city: 'Town or city',
  region: 'County or region',
  postalCode: 'Postcode',
  country: 'Country',
};

const OPTIONAL: readonly AddressField[] = ['line2', 'region'];

/** Whether an address is one without this field too. */
export function isOptionalInAddress(field: AddressField): boolean {
  return OPTIONAL.includes(field);
}

export const NO_ADDRESS: AddressValues = {
  name: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postalCode: '',
  country: HOME_COUNTRY,
};

/** An address as typed, for the API: trimmed, and without the optional parts that were left empty. */
export function toAddress(values: AddressValues): Address {
  const { name, line1, line2, city, region, postalCode, country } = Object.fromEntries(
    ADDRESS_ORDER.map((field) => [field, values[field].trim()]),
  ) as AddressValues;
  return {
    name,
    line1,
    ...(line2 !== '' && { line2 }),
    city,
    ...(region !== '' && { region }),
    postalCode,
    country,
  };
}

/** An address as a form shows it. */
export function addressValues(address: Address): AddressValues {
  const { name, line1, line2, city, region, postalCode, country } = address;
  return { name, line1, line2: line2 ?? '', city, region: region ?? '', postalCode, country };
}

/** An address in lines, as on a parcel. */
export function addressLines(address: Address): string[] {
  const { name, line1, line2, city, region, postalCode, country } = address;
  return [name, line1, line2, city, region, postalCode, countryName(country)].filter(
    (line) => !!line,
  ) as string[];
}
