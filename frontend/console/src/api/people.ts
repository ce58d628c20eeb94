import type { Schemas, Told } from './told';

export type Customer = Told<Schemas['ListedCustomer']>;

/** What it leaves out is not there. */
export type CustomerAddress = Schemas['CustomerAddress'];

export type CustomerOrder = Schemas['CustomerOrder'];

export type CustomerDetail = Customer &
  Pick<Schemas['CustomerDetail'], 'marketingConsent' | 'addresses' | 'orders'>;

export type Group = Schemas['StaffGroup'];

/** Somebody who works here; `pending` is what the user directory has yet to be told, which the same change finishes. */
export type StaffMember = Told<Schemas['StaffMember']>;

export const SCOPES = ['catalog:read', 'orders:write'] as const;

export type Scope = (typeof SCOPES)[number];

/** Where a partner wants to hear of its orders, and how that goes. */
export interface PartnerCallback {
  host: string;
  /** Whether the partner's program said that it wants no more. */
  paused: boolean;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastFailure: string | null;
}

export interface PartnerKey {
  id: string;
  /** Whose key it is: a partner may have several, one after the other. */
  partnerId: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  callback: PartnerCallback | null;
}

/** What making a key takes. */
export interface PartnerKeyInput {
  name: string;
  scopes: Scope[];
  /** The key whose partner the new one belongs to as well. */
  replaces?: string;
}

/** A key just made: the only answer that ever holds the key itself. */
export interface NewPartnerKey extends Omit<PartnerKey, 'callback'> {
  key: string;
}

export type AuditChange = Schemas['ChangedValue'];

export type AuditEntry = Told<Schemas['AuditItem']>;
