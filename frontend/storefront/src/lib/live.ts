import { createRealtime } from '@ironmonger/realtime';
import { identity } from './identity';
import { siteConfig } from './site';

/** Tells what happens to orders as it happens; nothing is connected before a page follows one. */
export const realtime = createRealtime({
  url: async () => (await siteConfig()).realtimeUrl,
  token: (options) => identity.idToken(options),
});
