import { messageOf } from '@ironmonger/api';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useDismiss } from '../lib/dismiss';
import { identity, useIdentity } from '../lib/identity';
import { PersonIcon } from './Icons';
import { useNotice } from './Notice';

const BUTTON = 'btn text-white hover:bg-enamel-700 aria-expanded:bg-enamel-900 max-sm:px-2.5';
const ITEM =
  'block w-full cursor-pointer px-4 py-3 text-left font-medium hover:bg-enamel-700 aria-[current=page]:text-tape-400';

const LINKS = [
  { to: '/account', label: 'Your account', exact: true },
  { to: '/account/orders', label: 'Your orders', exact: false },
  { to: '/account/addresses', label: 'Your addresses', exact: false },
  { to: '/account/reviews', label: 'Your reviews', exact: false },
] as const;

/** The way to sign in, or to everything that is one's own. */
export function AccountMenu() {
  const state = useIdentity();
  const path = useLocation({ select: (location) => location.pathname });
  const navigate = useNavigate();
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  useDismiss(open, close, area, button);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(close, [path, close]);

  const signOut = useMutation({
    mutationFn: async () => {
      // Away from the account's pages first: they would ask to sign in again.
      await navigate({ to: '/' });
      await identity.signOut();
    },
    onSuccess: () => notice('You are signed out.'),
    onError: (error) => notice(messageOf(error)),
  });

  if (state.status !== 'signedIn') {
    return (
      <Link to="/sign-in" search={{}} className={BUTTON}>
        <PersonIcon />
        <span className="max-lg:sr-only">Sign in</span>
      </Link>
    );
  }
  return (
    <div ref={area} className="relative">
      <button
        ref={button}
        type="button"
        className={BUTTON}
        aria-expanded={open}
        aria-controls="account-menu"
        onClick={() => setOpen(!open)}
      >
        <PersonIcon />
        <span className="max-lg:sr-only">Account</span>
      </button>
      <nav
        id="account-menu"
        aria-label="Account"
        hidden={!open}
        className="rise absolute top-full right-0 mt-1.5 w-64 overflow-hidden rounded-xl bg-enamel-900 py-1.5 shadow-plate ring-1 ring-white/25"
      >
        <p className="truncate border-b border-white/20 px-4 pt-2 pb-3 text-sm text-enamel-300">
          {state.user.email}
        </p>
        <ul>
          {LINKS.map(({ to, label, exact }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact }} className={ITEM}>
                {label}
              </Link>
            </li>
          ))}
          {state.user.groups.length > 0 && (
            <li>
              <a href="/console/" className={ITEM}>
                The console
              </a>
            </li>
          )}
          <li className="border-t border-white/20">
            <button
              type="button"
              className={ITEM}
              aria-disabled={signOut.isPending}
              onClick={() => !signOut.isPending && signOut.mutate()}
            >
              {signOut.isPending ? 'Signing out…' : 'Sign out'}
            </button>
          </li>
        </ul>
      </nav>
    </div>
  );
}
