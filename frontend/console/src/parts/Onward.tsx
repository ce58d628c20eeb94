import { useEffect } from 'react';
import { useRedirect } from 'react-admin';
import { useFormState } from 'react-hook-form';

/** Leads on once the form around it is done with: a form that is not would ask before it is left. */
export function Onward({ to }: { to: string | undefined }) {
  const redirect = useRedirect();
  const { isSubmitSuccessful } = useFormState();
  useEffect(() => {
    if (to !== undefined && isSubmitSuccessful) redirect(to);
  }, [to, isSubmitSuccessful, redirect]);
  return null;
}
