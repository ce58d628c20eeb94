import type { IdentityConfig } from './config';
import { IdentityError, type Step, toIdentityError } from './errors';
import { holdsSession, onOtherTab, storedUser, type User, userOf } from './session';
import { connectUserPool, type PoolStep, type TotpSetup, type UserPool } from './userPool';

/** Whether somebody is signed in, and who. */
export type IdentityState =
  | { readonly status: 'loading' }
  | { readonly status: 'guest' }
  | { readonly status: 'signedIn'; readonly user: User };

/** What is wanted before somebody is signed in. */
export type SignInStep = 'done' | 'confirmSignUp' | 'newPassword' | 'totp' | 'resetPassword';

const STEPS: Readonly<Record<string, SignInStep>> = {
  DONE: 'done',
  CONFIRM_SIGN_UP: 'confirmSignUp',
  RESET_PASSWORD: 'resetPassword',
  CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: 'newPassword',
  CONFIRM_SIGN_IN_WITH_TOTP_CODE: 'totp',
};

const LOADING: IdentityState = { status: 'loading' };
const GUEST: IdentityState = { status: 'guest' };

function sameState(a: IdentityState, b: IdentityState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Renews tokens in one tab at a time, so that the others find them renewed. */
async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  // Locks exist in secure contexts only; without them two tabs may both renew, which is harmless.
  if (!navigator.locks) return work();
  return navigator.locks.request('ironmonger.identity', work);
}

/** An account's comings and goings: one per page, made by `createIdentity`. */
export interface Identity {
  state(): IdentityState;
  /** Calls back after each change of `state()`, those in other tabs included. */
  subscribe(listener: () => void): () => void;
  /** Resolves once it is known whether somebody is signed in. */
  ready(): Promise<IdentityState>;
  /** `confirm`: a code has been sent to the address. */
  signUp(email: string, password: string): Promise<'confirm' | 'done'>;
  confirmSignUp(email: string, code: string): Promise<void>;
  resendCode(email: string): Promise<void>;
  signIn(email: string, password: string): Promise<SignInStep>;
  /** Answers `newPassword` with a password that the person has chosen. */
  answerNewPassword(password: string): Promise<SignInStep>;
  /** Answers `totp` with the authenticator's six digits. */
  answerTotp(code: string): Promise<SignInStep>;
  requestPasswordReset(email: string): Promise<void>;
  resetPassword(email: string, code: string, password: string): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  totpEnabled(): Promise<boolean>;
  startTotp(): Promise<TotpSetup>;
  confirmTotp(code: string): Promise<void>;
  disableTotp(): Promise<void>;
  signOut(): Promise<void>;
  /** A valid ID token for the API, renewed silently; `undefined` for a guest. */
  idToken(options?: { renew?: boolean }): Promise<string | undefined>;
}

/**
 * Makes the page's identity. Its configuration is asked for, and the user pool's client loaded, only
 * when there is a session in this browser or somebody is about to begin one.
 */
export function createIdentity(
  loadConfig: () => Promise<IdentityConfig>,
  connect: (config: IdentityConfig) => Promise<UserPool> = connectUserPool,
): Identity {
  const listeners = new Set<() => void>();
  let current: IdentityState = LOADING;
  let config: Promise<IdentityConfig> | undefined;
  let pool: Promise<UserPool> | undefined;

  function become(next: IdentityState): IdentityState {
    if (!sameState(current, next)) {
      current = next;
      for (const listener of listeners) listener();
    }
    return current;
  }

  /** What failed to load is asked for anew by the next who needs it. */
  function configured(): Promise<IdentityConfig> {
    config ??= loadConfig().catch((error: unknown) => {
      config = undefined;
      throw error;
    });
    return config;
  }

  function connected(): Promise<UserPool> {
    pool ??= configured()
      .then(connect)
      .catch((error: unknown) => {
        pool = undefined;
        throw error;
      });
    return pool;
  }

  async function look(): Promise<IdentityState> {
    if (!holdsSession()) return become(GUEST);
    try {
      const user = storedUser((await configured()).userPoolClientId);
      return become(user ? { status: 'signedIn', user } : GUEST);
    } catch {
      // Without its configuration the site has no accounts for now; `idToken` and `signIn` say why.
      return become(GUEST);
    }
  }

  async function asking<T>(step: Step, work: (pool: UserPool) => Promise<T>): Promise<T> {
    try {
      return await work(await connected());
    } catch (error) {
      throw toIdentityError(error, step);
    }
  }

  async function arrived(step: PoolStep): Promise<SignInStep> {
    const known = STEPS[step];
    if (!known) {
      throw new IdentityError(step, 'This account asks for something that this site cannot do.');
    }
    if (known === 'done') await look();
    return known;
  }

  const first = look();
  onOtherTab(() => void look());

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: () => first.then(() => current),
    signUp: (email, password) =>
      asking('signUp', async (users) => {
        const { confirmed } = await users.signUp(email.trim(), password);
        return confirmed ? 'done' : 'confirm';
      }),
    confirmSignUp: (email, code) => asking('code', (users) => users.confirmSignUp(email.trim(), code.trim())),
    resendCode: (email) => asking('code', (users) => users.resendCode(email.trim())),
    signIn: (email, password) =>
      asking('signIn', async (users) => {
        // Whoever was signed in here before leaves first.
        if (holdsSession()) await users.signOut();
        return arrived(await users.signIn(email.trim(), password));
      }),
    answerNewPassword: (password) =>
      asking('newPassword', async (users) => arrived(await users.answer(password))),
    answerTotp: (code) => asking('totp', async (users) => arrived(await users.answer(code.trim()))),
    requestPasswordReset: (email) => asking('signUp', (users) => users.forgotPassword(email.trim())),
    resetPassword: (email, code, password) =>
      asking('newPassword', (users) => users.confirmForgotPassword(email.trim(), code.trim(), password)),
    changePassword: (present, next) =>
      asking('changePassword', (users) => users.changePassword(present, next)),
    totpEnabled: () => asking('session', (users) => users.totpEnabled()),
    startTotp: () =>
      asking('session', (users) => users.startTotp(current.status === 'signedIn' ? current.user.email : '')),
    confirmTotp: (code) => asking('totp', (users) => users.confirmTotp(code.trim())),
    disableTotp: () => asking('session', (users) => users.disableTotp()),
    async signOut() {
      await asking('session', (users) => users.signOut());
      become(GUEST);
    },
    async idToken({ renew = false } = {}) {
      const state = await first.then(() => current);
      if (state.status !== 'signedIn') return undefined;
      const token = await asking('session', (users) => oneTabAtATime(() => users.idToken(renew)));
      const user = token === undefined ? undefined : userOf(token);
      become(user ? { status: 'signedIn', user } : GUEST);
      return token;
    },
  };
}
