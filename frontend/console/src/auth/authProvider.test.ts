import type { Group, Identity, IdentityState } from '@ironmonger/identity';
import { HttpError } from 'react-admin';
import { describe, expect, it, vi } from 'vitest';
import { ADMIN_ONLY } from './access';
import { createAuthProvider } from './authProvider';

function providerFor(groups: readonly Group[] | null) {
  const state: IdentityState =
    groups === null
      ? { status: 'guest' }
      : { status: 'signedIn', user: { id: 'u', email: 'a@b.example', groups } };
  const signOut = vi.fn(async () => undefined);
  const identity = { ready: async () => state, signOut } as unknown as Identity;
  return { provider: createAuthProvider(identity), signOut };
}

const mayOpen = async (groups: readonly Group[] | null, resource: string) =>
  providerFor(groups).provider.canAccess?.({ resource, action: 'list' });

describe('who may see what', () => {
  it.each(ADMIN_ONLY)('%s is for admins only', async (resource) => {
    expect(await mayOpen(['admin'], resource)).toBe(true);
    expect(await mayOpen(['operator'], resource)).toBe(false);
    expect(await mayOpen([], resource)).toBe(false);
  });

  it('the rest is for operators too, and for nobody else', async () => {
    for (const resource of ['products', 'stock', 'reviews', 'customers', 'synonyms']) {
      expect(await mayOpen(['operator'], resource)).toBe(true);
      expect(await mayOpen([], resource)).toBe(false);
      expect(await mayOpen(null, resource)).toBe(false);
    }
  });
});

describe('the session', () => {
  it('is one of staff, or none', async () => {
    await expect(providerFor(['operator']).provider.checkAuth({})).resolves.toBeUndefined();
    await expect(providerFor([]).provider.checkAuth({})).rejects.toThrow(/staff/);
    await expect(providerFor(null).provider.checkAuth({})).rejects.toThrow();
  });

  it('ends with a 401, not with a 403', async () => {
    const { provider } = providerFor(['operator']);
    await expect(provider.checkError(new HttpError('Gone', 401))).rejects.toThrow('Gone');
    await expect(provider.checkError(new HttpError('No', 403))).resolves.toBeUndefined();
    await expect(provider.checkError(new Error('x'))).resolves.toBeUndefined();
  });

  it('is signed out of where there is one', async () => {
    const staff = providerFor(['admin']);
    await staff.provider.logout({});
    expect(staff.signOut).toHaveBeenCalledOnce();
    const guest = providerFor(null);
    await guest.provider.logout({});
    expect(guest.signOut).not.toHaveBeenCalled();
  });
});
