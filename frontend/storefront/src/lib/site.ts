import { loadSiteConfig, type SiteConfig } from '@ironmonger/identity';

let config: Promise<SiteConfig> | undefined;

/** What the site says of itself, fetched once; what failed is asked for anew by the next who needs it. */
export function siteConfig(): Promise<SiteConfig> {
  config ??= loadSiteConfig().catch((error: unknown) => {
    config = undefined;
    throw error;
  });
  return config;
}
