import type { SignInStep } from '@ironmonger/identity';
import { getRouteApi, Link, Navigate, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthCard, SubmitButton } from '../components/AuthCard';
import { CodeField } from '../components/CodeField';
import { CodeForm } from '../components/CodeForm';
import { FormErrors, PasswordField, TextField } from '../components/Field';
import { GoOn } from '../components/GoOn';
import { useArrival } from '../lib/arrival';
import { accountRefusals, missingFields, useFirstFocus, useForm, useSubmit } from '../lib/forms';
import { identity, safeNext, useUser } from '../lib/identity';
import { PASSWORD_HINT, passwordProblems, tidyCode } from '../lib/passwords';

const route = getRouteApi('/sign-in');

const LABELS = { email: 'Email address', password: 'Password' };

/** What is left to do; an answer to it leads to the next step. */
interface StepProps {
  onStep: (step: SignInStep) => Promise<void>;
}

function NewPassword({ onStep }: StepProps) {
  const form = useForm({ password: '' });
  useFirstFocus(form);
  const { submit, isPending } = useSubmit(form, {
    check: () => passwordProblems(form.values.password, 'password'),
    send: async () => onStep(await identity.answerNewPassword(form.values.password)),
    refusals: (error) => accountRefusals(error, { password: 'password' }),
  });
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
      <FormErrors form={form} prefix="new" labels={{ password: 'New password' }} />
      <PasswordField
        form={form}
        prefix="new"
        name="password"
        label="New password"
        hint={PASSWORD_HINT}
        autoComplete="new-password"
      />
      <SubmitButton pending={isPending} busy="Saving…">
        Save and sign in
      </SubmitButton>
    </form>
  );
}

function SecondFactor({ onStep }: StepProps) {
  const form = useForm({ code: '' });
  useFirstFocus(form);
  const { submit, isPending } = useSubmit(form, {
    check: () => missingFields(form.values, ['code']),
    send: async () => onStep(await identity.answerTotp(tidyCode(form.values.code))),
    refusals: (error) => accountRefusals(error, { code: 'code' }),
  });
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
      <FormErrors form={form} prefix="totp" labels={{ code: 'Code' }} />
      <CodeField form={form} prefix="totp" hint="The six digits that your authenticator shows now." />
      <SubmitButton pending={isPending} busy="Checking…">
        Sign in
      </SubmitButton>
    </form>
  );
}

/** Signing in, with whatever the account asks for after the password. */
export function SignInPage() {
  const { next } = route.useSearch();
  const known = useLocation({ select: ({ state }) => state.email ?? '' });
  const user = useUser();
  const arrive = useArrival(safeNext(next));
  const [step, setStep] = useState<SignInStep>('done');
  const form = useForm({ email: known, password: '' });
  const { email, password } = form.values;

  async function follow(after: SignInStep) {
    if (after === 'confirmSignUp') await identity.resendCode(email);
    if (after === 'done') await arrive();
    else setStep(after);
  }

  const signIn = useSubmit(form, {
    check: () => missingFields(form.values, ['email', 'password']),
    send: async () => follow(await identity.signIn(email, password)),
    refusals: (error) => accountRefusals(error, { email: 'email', password: 'password' }),
  });

  // Not while signing in: then this page stays until the cart is merged.
  if (user && !signIn.isUnderWay) return <GoOn next={next} />;

  if (step === 'confirmSignUp') {
    return (
      <AuthCard title="Confirm your address" intro={`We have sent a code to ${email}.`}>
        <CodeForm email={email} onConfirmed={async () => follow(await identity.signIn(email, password))} />
      </AuthCard>
    );
  }
  if (step === 'newPassword') {
    return (
      <AuthCard title="Choose a password" intro="The one you were given is for the first time only.">
        <NewPassword onStep={follow} />
      </AuthCard>
    );
  }
  if (step === 'totp') {
    return (
      <AuthCard title="One more step" intro="This account asks for a code as well as the password.">
        <SecondFactor onStep={follow} />
      </AuthCard>
    );
  }
  if (step === 'resetPassword') return <Navigate to="/reset-password" state={{ email }} replace />;

  return (
    <AuthCard title="Sign in" intro="Your cart comes with you, and so do orders placed with your address.">
      <form ref={form.form} noValidate onSubmit={signIn.submit} className="space-y-5">
        <FormErrors form={form} prefix="sign-in" labels={LABELS} />
        <TextField
          form={form}
          prefix="sign-in"
          name="email"
          label={LABELS.email}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
        />
        <PasswordField
          form={form}
          prefix="sign-in"
          name="password"
          label={LABELS.password}
          autoComplete="current-password"
        />
        <SubmitButton pending={signIn.isPending} busy="Signing in…">
          Sign in
        </SubmitButton>
      </form>
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-1 border-t border-iron-200 pt-4">
        <Link to="/sign-up" search={next ? { next } : {}} className="link py-2">
          Open an account
        </Link>
        <Link to="/reset-password" state={{ email }} className="link py-2">
          Forgot the password?
        </Link>
      </div>
    </AuthCard>
  );
}
