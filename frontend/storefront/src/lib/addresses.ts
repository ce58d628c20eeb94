import { ADDRESS_ORDER, type AddressField, type FieldErrors, type SavedAddress } from '@ironmonger/api';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import { refusalsOf } from './forms';

const POINTERS = Object.fromEntries(ADDRESS_ORDER.map((field) => [`/${field}`, field]));

/** What the API says about an entry of the address book. */
export function addressRefusals(error: unknown): FieldErrors<AddressField> {
  return refusalsOf(error, POINTERS as Record<string, AddressField>);
}

/** How many addresses one can keep. */
export const MAX_ADDRESSES = 20;

export const addressesQuery = queryOptions({
  queryKey: ['me', 'addresses'],
  queryFn: ({ signal }) => api.listAddresses(signal),
});

/** The address that a checkout begins with. */
export function firstAddress(addresses: readonly SavedAddress[]): SavedAddress | undefined {
  return addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
}
