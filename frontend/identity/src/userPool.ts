import type { IdentityConfig } from './config';

/** What comes after the password. */
export type PoolStep =
  | 'DONE'
  | 'CONFIRM_SIGN_UP'
  | 'RESET_PASSWORD'
  | 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED'
  | 'CONFIRM_SIGN_IN_WITH_TOTP_CODE'
  | (string & {});

/** A second factor that is being set up. */
export interface TotpSetup {
  /** Base32, to be typed where no camera is. */
  secret: string;
  /** The `otpauth:` address that a QR code carries to an authenticator. */
  uri: string;
}

/** The calls to a user pool that an identity needs. */
export interface UserPool {
  signUp(email: string, password: string): Promise<{ confirmed: boolean }>;
  confirmSignUp(email: string, code: string): Promise<void>;
  resendCode(email: string): Promise<void>;
  /** Signs in by SRP: the password itself is not sent. */
  signIn(email: string, password: string): Promise<PoolStep>;
  answer(response: string): Promise<PoolStep>;
  forgotPassword(email: string): Promise<void>;
  confirmForgotPassword(email: string, code: string, password: string): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  totpEnabled(): Promise<boolean>;
  startTotp(account: string): Promise<TotpSetup>;
  confirmTotp(code: string): Promise<void>;
  disableTotp(): Promise<void>;
  /** A valid ID token, renewed where needed; `undefined` once the session has ended. */
  idToken(renew: boolean): Promise<string | undefined>;
  /** Revokes the refresh token and forgets the session. */
  signOut(): Promise<void>;
}

/** What an authenticator lists the account under. */
const ISSUER = 'Ironmonger';

/** Connects to a user pool. The client is loaded only now: most who look around never sign in. */
export async function connectUserPool(config: IdentityConfig): Promise<UserPool> {
  const [{ Amplify, fetchAuthSession }, auth] = await Promise.all([
    import('@aws-amplify/core'),
    import('@aws-amplify/auth/cognito'),
  ]);
  const resources = {
    Auth: {
      Cognito: {
        userPoolId: config.userPoolId,
        userPoolClientId: config.userPoolClientId,
        ...(config.cognitoEndpoint && { userPoolEndpoint: config.cognitoEndpoint }),
      },
    },
  };
  auth.cognitoUserPoolsTokenProvider.setAuthConfig(resources.Auth);
  Amplify.configure(resources, { Auth: { tokenProvider: auth.cognitoUserPoolsTokenProvider } });

  return {
    async signUp(email, password) {
      const { isSignUpComplete } = await auth.signUp({
        username: email,
        password,
        options: { userAttributes: { email } },
      });
      return { confirmed: isSignUpComplete };
    },
    async confirmSignUp(email, code) {
      await auth.confirmSignUp({ username: email, confirmationCode: code });
    },
    async resendCode(email) {
      await auth.resendSignUpCode({ username: email });
    },
    async signIn(email, password) {
      const { nextStep } = await auth.signIn({
        username: email,
        password,
        options: { authFlowType: 'USER_SRP_AUTH' },
      });
      return nextStep.signInStep;
    },
    async answer(response) {
      const { nextStep } = await auth.confirmSignIn({ challengeResponse: response });
      return nextStep.signInStep;
    },
    async forgotPassword(email) {
      await auth.resetPassword({ username: email });
    },
    async confirmForgotPassword(email, code, password) {
      await auth.confirmResetPassword({ username: email, confirmationCode: code, newPassword: password });
    },
    async changePassword(current, next) {
      await auth.updatePassword({ oldPassword: current, newPassword: next });
    },
    async totpEnabled() {
      const { enabled } = await auth.fetchMFAPreference();
      return enabled?.includes('TOTP') ?? false;
    },
    async startTotp(account) {
      const setup = await auth.setUpTOTP();
      return { secret: setup.sharedSecret, uri: setup.getSetupUri(ISSUER, account).toString() };
    },
    async confirmTotp(code) {
      await auth.verifyTOTPSetup({ code });
      await auth.updateMFAPreference({ totp: 'PREFERRED' });
    },
    async disableTotp() {
      await auth.updateMFAPreference({ totp: 'DISABLED' });
    },
    async idToken(renew) {
      const { tokens } = await fetchAuthSession({ forceRefresh: renew });
      return tokens?.idToken?.toString();
    },
    async signOut() {
      await auth.signOut();
    },
  };
}
