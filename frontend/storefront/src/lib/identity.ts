import { createIdentity, type IdentityState, type User } from '@ironmonger/identity';
import { useSyncExternalStore } from 'react';
import { siteConfig } from './site';

/** Whoever uses this browser; their account is asked about only once they have one. */
export const identity = createIdentity(siteConfig);

/** Whether somebody is signed in, and who. */
export function useIdentity(): IdentityState {
  return useSyncExternalStore(identity.subscribe, identity.state);
}

/** Who is signed in; `undefined` for a guest, and until it is known. */
export function useUser(): User | undefined {
  const state = useIdentity();
  return state.status === 'signedIn' ? state.user : undefined;
}

/** Where to go after signing in: a page of this shop, never another site. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next)) return undefined;
  return next;
}
