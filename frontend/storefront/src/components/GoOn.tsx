import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { safeNext } from '../lib/identity';

/** Leads whoever is signed in already to where they were going, or to their account. */
export function GoOn({ next }: { next: string | undefined }) {
  const navigate = useNavigate();
  useEffect(() => {
    void navigate({ href: safeNext(next) ?? '/account', replace: true });
  }, [next, navigate]);
  return null;
}
