import { Link, Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useIdentity } from '../../lib/identity';

const SECTIONS = [
  { to: '/account', label: 'Account', exact: true },
  { to: '/account/orders', label: 'Orders', exact: false },
  { to: '/account/addresses', label: 'Addresses', exact: false },
  { to: '/account/reviews', label: 'Reviews', exact: false },
] as const;

/** What every page of an account has around it; who is not signed in is sent to do so. */
export function AccountLayout() {
  const { status } = useIdentity();
  const router = useRouter();
  const navigate = useNavigate();
  // Once, from where one is at that moment: the way to the sign-in page is a change of place itself.
  useEffect(() => {
    if (status !== 'guest') return;
    void navigate({ to: '/sign-in', search: { next: router.state.location.href }, replace: true });
  }, [status, router, navigate]);
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <div className="grid items-start gap-x-10 gap-y-7 lg:grid-cols-[13rem_1fr]">
        <nav aria-label="Your account" className="min-w-0 lg:sticky lg:top-28">
          <p className="label-caps text-enamel-800 max-lg:sr-only">Your account</p>
          <ul className="flex gap-1 overflow-x-auto lg:mt-3 lg:flex-col">
            {SECTIONS.map(({ to, label, exact }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact }}
                  className="block rounded-lg px-3.5 py-3 font-semibold whitespace-nowrap max-sm:px-2.5 text-enamel-900 hover:bg-enamel-100 aria-[current=page]:bg-enamel-800 aria-[current=page]:text-white"
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="min-w-0">
          {status === 'signedIn' ? (
            <Outlet />
          ) : (
            <p className="skeleton h-64 rounded-xl">
              <span className="sr-only">Loading your account…</span>
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

/** The heading of a page of an account. */
export function AccountHeading({ children }: { children: string }) {
  return <h1 className="mb-7 text-4xl font-black sm:text-5xl">{children}</h1>;
}
