import { afterEach, describe, expect, it, vi } from 'vitest';
import type { IdentityConfig } from './config';
import { createIdentity } from './identity';
import type { UserPool } from './userPool';

const CONFIG: IdentityConfig = {
  userPoolId: 'eu-west-2_a',
  userPoolClientId: 'client',
  cognitoEndpoint: null,
};
const STORE = 'CognitoIdentityServiceProvider.client';

const part = (value: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const tokenOf = (claims: Record<string, unknown>) => `${part({ alg: 'RS256' })}.${part(claims)}.sig`;

const ADA = tokenOf({ sub: 'u1', email: 'ada@example.org' });

function store(idToken: string): void {
  localStorage.setItem(`${STORE}.LastAuthUser`, 'u1');
  localStorage.setItem(`${STORE}.u1.idToken`, idToken);
}

const refusal = (name: string, message = '') => Object.assign(new Error(message), { name });

function poolWith(parts: Partial<UserPool> = {}): UserPool {
  const unexpected = () => Promise.reject(new Error('not expected'));
  return {
    signUp: unexpected,
    confirmSignUp: unexpected,
    resendCode: unexpected,
    signIn: unexpected,
    answer: unexpected,
    forgotPassword: unexpected,
    confirmForgotPassword: unexpected,
    changePassword: unexpected,
    totpEnabled: unexpected,
    startTotp: unexpected,
    confirmTotp: unexpected,
    disableTotp: unexpected,
    idToken: unexpected,
    signOut: async () => localStorage.clear(),
    ...parts,
  };
}

function identityWith(parts: Partial<UserPool> = {}) {
  const load = vi.fn(async () => CONFIG);
  const connect = vi.fn(async () => poolWith(parts));
  return { identity: createIdentity(load, connect), load, connect };
}

afterEach(() => localStorage.clear());

describe('a visitor', () => {
  it('is a guest without anything being fetched or loaded', async () => {
    const { identity, load, connect } = identityWith();
    expect(await identity.ready()).toEqual({ status: 'guest' });
    expect(await identity.idToken()).toBeUndefined();
    expect(load).not.toHaveBeenCalled();
    expect(connect).not.toHaveBeenCalled();
  });

  it('is a guest to a pool other than the one that the session is of', async () => {
    localStorage.setItem('CognitoIdentityServiceProvider.other.LastAuthUser', 'u1');
    localStorage.setItem('CognitoIdentityServiceProvider.other.u1.idToken', ADA);
    expect(await identityWith().identity.ready()).toEqual({ status: 'guest' });
  });

  it('who signed in before is known at once, with the groups that there are', async () => {
    store(tokenOf({ sub: 'u1', email: 'zoë@example.org', 'cognito:groups': ['operator', 'gardeners'] }));
    const { identity, connect } = identityWith();
    expect(await identity.ready()).toEqual({
      status: 'signedIn',
      user: { id: 'u1', email: 'zoë@example.org', groups: ['operator'] },
    });
    expect(connect).not.toHaveBeenCalled();
  });
});

describe('signing in', () => {
  it('tells its listeners once it is done', async () => {
    const { identity } = identityWith({
      signIn: async () => {
        store(ADA);
        return 'DONE';
      },
    });
    await identity.ready();
    const changed = vi.fn();
    identity.subscribe(changed);
    expect(await identity.signIn(' ada@example.org ', 'secret')).toBe('done');
    expect(changed).toHaveBeenCalledTimes(1);
    expect(identity.state()).toMatchObject({ status: 'signedIn', user: { email: 'ada@example.org' } });
  });

  it('asks for what the pool asks for, and stays a guest meanwhile', async () => {
    for (const [pool, step] of [
      ['CONFIRM_SIGN_UP', 'confirmSignUp'],
      ['CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', 'newPassword'],
      ['CONFIRM_SIGN_IN_WITH_TOTP_CODE', 'totp'],
      ['RESET_PASSWORD', 'resetPassword'],
    ] as const) {
      const { identity } = identityWith({ signIn: async () => pool });
      expect(await identity.signIn('ada@example.org', 'secret')).toBe(step);
      expect(identity.state().status).toBe('guest');
    }
  });

  it('refuses a challenge that it cannot answer', async () => {
    const { identity } = identityWith({ signIn: async () => 'CONFIRM_SIGN_IN_WITH_SMS_CODE' });
    await expect(identity.signIn('ada@example.org', 'secret')).rejects.toThrow(/cannot do/);
  });

  it('answers a second factor', async () => {
    const { identity } = identityWith({
      signIn: async () => 'CONFIRM_SIGN_IN_WITH_TOTP_CODE',
      answer: async (code) => {
        if (code !== '123456') throw refusal('CodeMismatchException');
        store(ADA);
        return 'DONE';
      },
    });
    await identity.signIn('ada@example.org', 'secret');
    await expect(identity.answerTotp('000000')).rejects.toMatchObject({ field: 'code' });
    expect(await identity.answerTotp('123456')).toBe('done');
    expect(identity.state().status).toBe('signedIn');
  });

  it('does not tell an unknown address from a wrong password', async () => {
    const messages = await Promise.all(
      ['UserNotFoundException', 'NotAuthorizedException'].map((name) =>
        identityWith({ signIn: () => Promise.reject(refusal(name, 'Incorrect username or password.')) })
          .identity.signIn('ada@example.org', 'x')
          .catch((error: Error) => error.message),
      ),
    );
    expect(messages[0]).toBe(messages[1]);
  });

  it('asks for a configuration anew that could not be loaded', async () => {
    const load = vi.fn(async () => CONFIG);
    load.mockRejectedValueOnce(new Error('offline'));
    const identity = createIdentity(load, async () => poolWith({ signIn: async () => 'CONFIRM_SIGN_UP' }));
    await expect(identity.signIn('a@example.org', 'x')).rejects.toThrow();
    expect(await identity.signIn('a@example.org', 'x')).toBe('confirmSignUp');
  });
});

describe('a session', () => {
  it('gives a renewed token and its new groups', async () => {
    store(ADA);
    const renewed = tokenOf({ sub: 'u1', email: 'ada@example.org', 'cognito:groups': ['admin'] });
    const idToken = vi.fn(async () => renewed);
    const { identity } = identityWith({ idToken });
    expect(await identity.idToken({ renew: true })).toBe(renewed);
    expect(idToken).toHaveBeenCalledWith(true);
    expect(identity.state()).toMatchObject({ user: { groups: ['admin'] } });
  });

  it('ends when its refresh token no longer counts', async () => {
    store(ADA);
    const { identity } = identityWith({ idToken: async () => undefined });
    expect(await identity.idToken()).toBeUndefined();
    expect(identity.state()).toEqual({ status: 'guest' });
  });

  it('outlives a moment without a connection', async () => {
    store(ADA);
    const { identity } = identityWith({ idToken: () => Promise.reject(refusal('NetworkError')) });
    await expect(identity.idToken()).rejects.toMatchObject({ kind: 'NetworkError' });
    expect(identity.state().status).toBe('signedIn');
  });

  it('ends here when another tab ends it', async () => {
    store(ADA);
    const { identity } = identityWith();
    await identity.ready();
    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key: `${STORE}.u1.refreshToken` }));
    await vi.waitFor(() => expect(identity.state().status).toBe('guest'));
  });

  it('is revoked by signing out', async () => {
    store(ADA);
    const signOut = vi.fn(async () => localStorage.clear());
    const { identity } = identityWith({ signOut });
    await identity.ready();
    await identity.signOut();
    expect(signOut).toHaveBeenCalledTimes(1);
    expect(identity.state()).toEqual({ status: 'guest' });
  });
});
