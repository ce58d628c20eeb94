import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from './api';
import { adoptCart, cartQuery, forgetCart } from './cart';
import { identity } from './identity';
import { realtime } from './live';

export const meQuery = queryOptions({
  queryKey: ['me', 'profile'],
  queryFn: ({ signal }) => api.getMe(signal),
});

export const myOrdersQuery = infiniteQueryOptions({
  queryKey: ['me', 'orders'],
  queryFn: ({ pageParam, signal }) => api.listMyOrders(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export const totpQuery = queryOptions({
  queryKey: ['me', 'totp'],
  queryFn: () => identity.totpEnabled(),
});

/** How many earlier guest orders came into the account, in a sentence; nothing for none. */
export function claimNotice(claimed: number): string | undefined {
  if (claimed === 0) return undefined;
  return claimed === 1
    ? 'An earlier order of yours is now in your account.'
    : `${claimed} earlier orders of yours are now in your account.`;
}

/** What did not fit into the account's cart, in a sentence. */
function leftOutNotice(leftOut: number): string | undefined {
  if (leftOut === 0) return undefined;
  return `Your cart is full: ${leftOut === 1 ? 'one article' : `${leftOut} articles`} found no room in it.`;
}

/** Each round claims as many orders as can be written while one waits; hardly anybody needs a second. */
const CLAIM_ROUNDS = 5;

async function claimAll(): Promise<number> {
  let claimed = 0;
  for (let round = 0; round < CLAIM_ROUNDS; round += 1) {
    const answer = await api.claimOrders();
    claimed += answer.claimed;
    if (!answer.more) break;
  }
  return claimed;
}

/**
 * What follows on signing in: the guest's cart joins the account's, and orders placed earlier with
 * the same address come into the account. Neither stands in the way of being signed in; what fails
 * is done at the next sign-in. Says what the customer should know.
 */
export async function settleIn(client: QueryClient): Promise<string | undefined> {
  const [adopted, claimed] = await Promise.allSettled([adoptCart(), claimAll()]);
  if (adopted.status === 'fulfilled') client.setQueryData(cartQuery.queryKey, adopted.value.cart);
  const notices = [
    claimed.status === 'fulfilled' ? claimNotice(claimed.value) : undefined,
    adopted.status === 'fulfilled' ? leftOutNotice(adopted.value.leftOut) : undefined,
  ];
  return notices.filter(Boolean).join(' ') || undefined;
}

/**
 * Keeps the page in step with who is signed in, here or in another tab: what was fetched for one
 * person is never shown to the next, and the browser goes on with a guest's empty cart.
 */
export function followIdentity(client: QueryClient): () => void {
  let before = userId();
  return identity.subscribe(() => {
    const now = userId();
    if (now === before) return;
    const left = before !== undefined;
    before = now;
    realtime.restart();
    client.removeQueries({ queryKey: ['me'] });
    if (!left) return;
    client.removeQueries({ queryKey: ['order'] });
    forgetCart();
    client.setQueryData(cartQuery.queryKey, null);
  });
}

function userId(): string | undefined {
  const state = identity.state();
  return state.status === 'signedIn' ? state.user.id : undefined;
}
