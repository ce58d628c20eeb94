import type { Group, Identity, User } from '@ironmonger/identity';
import { type AuthProvider, HttpError } from 'react-admin';
import { mayUse } from './access';

/** Who one is while not of the staff. */
const NO_GROUPS: readonly Group[] = [];

/** Tells react-admin who is signed in and what they may see. */
export function createAuthProvider(identity: Identity): AuthProvider {
  async function user(): Promise<User | undefined> {
    const state = await identity.ready();
    return state.status === 'signedIn' ? state.user : undefined;
  }
  async function groups(): Promise<readonly Group[]> {
    return (await user())?.groups ?? NO_GROUPS;
  }
  return {
    // The sign-in page talks to the identity itself, as signing in may take several steps.
    login: () => Promise.resolve(),
    logout: async () => {
      const state = await identity.ready();
      if (state.status === 'signedIn') await identity.signOut();
    },
    checkAuth: async () => {
      if ((await groups()).length === 0) throw new Error('Sign in with an account of the staff.');
    },
    checkError: async (error: unknown) => {
      if (error instanceof HttpError && error.status === 401) throw new Error(error.message);
    },
    getIdentity: async () => {
      const found = await user();
      return found ? { id: found.id, fullName: found.email } : { id: '' };
    },
    getPermissions: groups,
    canAccess: async ({ resource }) => mayUse(await groups(), resource),
  };
}
