import { IdentityError } from './errors';

/** Where accounts are kept. */
export interface IdentityConfig {
  userPoolId: string;
  userPoolClientId: string;
  /** The address of the user pool's API; `null` stands for AWS's own. */
  cognitoEndpoint: string | null;
}

/** What `/config.json` says of the site that serves it. */
export interface SiteConfig extends IdentityConfig {
  region: string;
  /** ISO 4217, the currency of every price in the shop. */
  currency: string;
  stage: string;
  /** Where the site tells what happens as it happens; `null` where it does not. */
  realtimeUrl: string | null;
}

const UNREADABLE = 'This site is not set up for accounts.';

function text(source: Record<string, unknown>, name: string): string {
  const value = source[name];
  if (typeof value !== 'string' || value === '') throw new IdentityError('Misconfigured', UNREADABLE);
  return value;
}

/** Reads the site's configuration out of the JSON that `/config.json` holds. */
function parseSiteConfig(value: unknown): SiteConfig {
  const source = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    region: text(source, 'region'),
    userPoolId: text(source, 'userPoolId'),
    userPoolClientId: text(source, 'userPoolClientId'),
    cognitoEndpoint: typeof source.cognitoEndpoint === 'string' ? source.cognitoEndpoint : null,
    currency: text(source, 'currency'),
    stage: text(source, 'stage'),
    realtimeUrl:
      typeof source.realtimeUrl === 'string' && source.realtimeUrl !== '' ? source.realtimeUrl : null,
  };
}

/** Fetches the site's configuration. */
export async function loadSiteConfig(url = '/config.json'): Promise<SiteConfig> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' } });
  } catch (error) {
    throw new IdentityError('NetworkError', 'The shop could not be reached. Try again.', { cause: error });
  }
  if (!response.ok) throw new IdentityError('Misconfigured', UNREADABLE);
  // A site without the file answers with its index page.
  const body: unknown = await response.json().catch(() => undefined);
  return parseSiteConfig(body);
}
