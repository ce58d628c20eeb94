import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthCard, SubmitButton } from '../components/AuthCard';
import { CodeForm } from '../components/CodeForm';
import { FormErrors, PasswordField, TextField } from '../components/Field';
import { GoOn } from '../components/GoOn';
import { useArrival } from '../lib/arrival';
import { accountRefusals, joined, missingFields, useForm, useSubmit } from '../lib/forms';
import { identity, safeNext, useUser } from '../lib/identity';
import { PASSWORD_HINT, passwordProblems } from '../lib/passwords';

const route = getRouteApi('/sign-up');

const LABELS = { email: 'Email address', password: 'Password' };

/** Opening an account: an address, a password, and the code that proves the address. */
export function SignUpPage() {
  const { next } = route.useSearch();
  const user = useUser();
  const arrive = useArrival(safeNext(next));
  const [step, setStep] = useState<'details' | 'code'>('details');
  const form = useForm({ email: '', password: '' });
  const { email, password } = form.values;

  async function enter() {
    await identity.signIn(email, password);
    await arrive('Welcome. Your account is open.');
  }

  const signUp = useSubmit(form, {
    check: () =>
      joined(missingFields(form.values, ['email', 'password']), passwordProblems(password, 'password')),
    send: async () => {
      if ((await identity.signUp(email, password)) === 'confirm') setStep('code');
      else await enter();
    },
    refusals: (error) => accountRefusals(error, { email: 'email', password: 'password' }),
  });

  // Not while signing up: then this page stays until the cart is merged.
  if (user && !signUp.isUnderWay) return <GoOn next={next} />;

  if (step === 'code') {
    return (
      <AuthCard title="Confirm your address" intro={`We have sent a code to ${email}.`}>
        <CodeForm email={email} onConfirmed={enter} />
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Open an account"
      intro="It keeps your orders and addresses together. You can always buy without one."
    >
      <form ref={form.form} noValidate onSubmit={signUp.submit} className="space-y-5">
        <FormErrors
          form={form}
          prefix="sign-up"
          labels={LABELS}
          more={
            form.errors.fields.email?.includes('already')
              ? [
                  <Link
                    key="sign-in"
                    to="/sign-in"
                    search={next ? { next } : {}}
                    state={{ email }}
                    className="link"
                  >
                    Sign in with this address
                  </Link>,
                ]
              : []
          }
        />
        <TextField
          form={form}
          prefix="sign-up"
          name="email"
          label={LABELS.email}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
        />
        <PasswordField
          form={form}
          prefix="sign-up"
          name="password"
          label={LABELS.password}
          hint={PASSWORD_HINT}
          autoComplete="new-password"
        />
        <SubmitButton pending={signUp.isPending} busy="Opening it…">
          Open the account
        </SubmitButton>
      </form>
      <p className="border-t border-iron-200 pt-4">
        Have one already?{' '}
        <Link to="/sign-in" search={next ? { next } : {}} className="link inline-block py-2">
          Sign in
        </Link>
      </p>
    </AuthCard>
  );
}
