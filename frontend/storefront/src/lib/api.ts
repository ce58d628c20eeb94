import { createShopApi, isTransient } from '@ironmonger/api';
import { QueryClient } from '@tanstack/react-query';
import { identity } from './identity';

/** The shop's API, on the origin that served the page. */
export const api = createShopApi({
  baseUrl: window.location.origin,
  token: () => identity.idToken(),
});

const MAX_RETRIES = 2;

/** The page's cache of what the API said. Refusals are answers: only what may pass is retried. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < MAX_RETRIES && isTransient(error),
      },
      // The shop says itself that it cannot be reached; a paused mutation would only look frozen.
      mutations: { networkMode: 'always' },
    },
  });
}
