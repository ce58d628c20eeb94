import type { ReactNode } from 'react';
import { usePageTitle } from '../lib/page';

/** A page around one small form of an account: signing in, signing up, a new password. */
export function AuthCard({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-14 lg:px-8">
      <div className="pegboard rounded-2xl px-3 py-8 sm:p-14">
        <div className="mx-auto max-w-md rounded-xl bg-white shadow-drawer">
          <div className="tape h-4 rounded-t-xl" aria-hidden="true" />
          <div className="p-6 sm:p-8">
            <h1 className="text-3xl font-black sm:text-4xl">{title}</h1>
            {intro && <p className="mt-3 text-iron-700">{intro}</p>}
            <div className="mt-6 space-y-5">{children}</div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** The button that sends a form, and says that it is being sent. */
export function SubmitButton({
  pending,
  busy,
  children,
  className = 'w-full text-lg',
}: {
  pending: boolean;
  busy: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <button type="submit" className={`btn btn-main ${className}`} aria-disabled={pending}>
      {pending ? busy : children}
    </button>
  );
}
