import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useNotice } from '../components/Notice';
import { settleIn } from './account';

/** What follows a completed sign-in: the account takes over cart and orders, and the way goes on. */
export function useArrival(next: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const notice = useNotice();
  return async (greeting?: string) => {
    const claimed = await settleIn(client);
    await navigate({ href: next ?? '/account', replace: true });
    notice([greeting, claimed].filter(Boolean).join(' ') || undefined);
  };
}
