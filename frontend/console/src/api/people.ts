import type { Money } from './types';

export interface Customer {
  id: string;
  email: string;
  name: string | null;
  emailVerified?: boolean;
  marketingConsent?: boolean;
  createdAt: string;
}

export interface CustomerAddress {
  id: string;
  isDefault: boolean;
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode: string;
  country: string;
}

export interface CustomerOrder {
  id: string;
  number: string;
  status: string;
  createdAt: string;
  total: Money;
  itemCount: number;
  title: string;
}

export interface CustomerDetail extends Customer {
  addresses: CustomerAddress[];
  orders: CustomerOrder[];
}

export type Group = 'admin' | 'operator';

export interface StaffMember {
  id: string;
  email: string;
  group: Group;
  status: 'invited' | 'active' | 'disabled';
  /** What the user directory has yet to be told; the same change again finishes it. */
  pending?: 'join' | 'change' | 'leave' | null;
  createdAt: string;
}

export const SCOPES = ['catalog:read', 'orders:write'] as const;

export type Scope = (typeof SCOPES)[number];

export interface PartnerKey {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** A key just made: the only answer that ever holds the key itself. */
export interface NewPartnerKey extends PartnerKey {
  key: string;
}

export interface AuditChange {
  path: string;
  from?: unknown;
  to?: unknown;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: { id: string; email: string | null; kind: 'staff' | 'partner' | 'customer' | 'system' };
  action: string;
  subject: { kind: string; id: string; title: string | null };
  changes: AuditChange[];
}
