export { type IdentityConfig, loadSiteConfig, type SiteConfig } from './config';
export { IdentityError, type IdentityField } from './errors';
export { createIdentity, type Identity, type IdentityState, type SignInStep } from './identity';
export { type QrPath, qrPath } from './qr';
export type { Group, User } from './session';
export type { TotpSetup } from './userPool';
