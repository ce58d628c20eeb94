import type { SignInStep } from '@ironmonger/identity';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useLocation } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { AuthCard, SubmitButton } from '../components/AuthCard';
import { CodeForm } from '../components/CodeForm';
import { FormErrors, PasswordField, TextField } from '../components/Field';
import { GoOn } from '../components/GoOn';
import { useArrival } from '../lib/arrival';
import { accountRefusals, hasErrors, missingFields, useFirstFocus, useForm } from '../lib/forms';
import { identity, safeNext, useUser } from '../lib/identity';
import { PASSWORD_HINT, passwordProblem, tidyCode } from '../lib/passwords';

const route = getRouteApi('/sign-in');

const LABELS = { email: 'Email address', password: 'Password' };

/** What is left to do; an answer to it leads to the next step. */
interface StepProps {
  onStep: (step: SignInStep) => Promise<void>;
}

function NewPassword({ onStep }: StepProps) {
  const form = useForm({ password: '' });
  useFirstFocus(form);
  const send = useMutation({
    mutationFn: async () => onStep(await identity.answerNewPassword(form.values.password)),
    onError: (error) => form.fail(accountRefusals(error, { password: 'password' })),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (send.isPending) return;
    const problem = passwordProblem(form.values.password);
    if (problem) return form.fail({ fields: { password: problem }, others: [] });
    send.mutate();
  }
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
      <SubmitButton pending={send.isPending} busy="Saving…">
        Save and sign in
      </SubmitButton>
    </form>
  );
}

function SecondFactor({ onStep }: StepProps) {
  const form = useForm({ code: '' });
  useFirstFocus(form);
  const send = useMutation({
    mutationFn: async () => onStep(await identity.answerTotp(tidyCode(form.values.code))),
    onError: (error) => form.fail(accountRefusals(error, { code: 'code' })),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (send.isPending) return;
    const gaps = missingFields(form.values, ['code']);
    if (hasErrors(gaps)) return form.fail(gaps);
    send.mutate();
  }
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
      <FormErrors form={form} prefix="totp" labels={{ code: 'Code' }} />
      <TextField
        form={form}
        prefix="totp"
        name="code"
        label="Code"
        hint="The six digits that your authenticator shows now."
        inputMode="numeric"
        autoComplete="one-time-code"
        className="font-display text-2xl tracking-[0.3em] tabular-nums"
        maxLength={12}
      />
      <SubmitButton pending={send.isPending} busy="Checking…">
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

  const signIn = useMutation({
    mutationFn: async () => follow(await identity.signIn(email, password)),
    onError: (error) => form.fail(accountRefusals(error, { email: 'email', password: 'password' })),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (signIn.isPending) return;
    const gaps = missingFields(form.values, ['email', 'password']);
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    signIn.mutate();
  }

  // Not while signing in: then this page stays until the cart is merged.
  if (user && (signIn.isIdle || signIn.isError)) return <GoOn next={next} />;

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
      <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
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
