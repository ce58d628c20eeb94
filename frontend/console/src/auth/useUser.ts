import type { User } from '@ironmonger/identity';
import { useSyncExternalStore } from 'react';
import { useServices } from '../services';
import { mayUse } from './access';

/** Whoever is signed in; undefined for a guest. */
export function useUser(): User | undefined {
  const { identity } = useServices();
  const state = useSyncExternalStore(identity.subscribe, identity.state);
  return state.status === 'signedIn' ? state.user : undefined;
}

/** Whether whoever is signed in may see a resource. */
export function useMayUse(): (resource: string) => boolean {
  const user = useUser();
  return (resource) => mayUse(user?.groups ?? [], resource);
}

/** Whether whoever is signed in may do what only admins may. */
export function useIsAdmin(): boolean {
  return useUser()?.groups.includes('admin') ?? false;
}
