import type { Identity, SiteConfig } from '@ironmonger/identity';
import { createRealtime, type Realtime } from '@ironmonger/realtime';

/** The console's real time, as whoever is signed in: the next one begins anew. */
export function consoleRealtime(identity: Identity, config: SiteConfig): Realtime {
  const realtime = createRealtime({
    url: () => Promise.resolve(config.realtimeUrl),
    token: (options) => identity.idToken(options),
  });
  const userId = () => {
    const state = identity.state();
    return state.status === 'signedIn' ? state.user.id : undefined;
  };
  let before = userId();
  identity.subscribe(() => {
    const now = userId();
    if (now === before) return;
    before = now;
    realtime.restart();
  });
  return realtime;
}
