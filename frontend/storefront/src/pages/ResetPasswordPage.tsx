import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { AuthCard, SubmitButton } from '../components/AuthCard';
import { FormErrors, PasswordField, TextField } from '../components/Field';
import { useNotice } from '../components/Notice';
import { accountRefusals, hasErrors, missingFields, useFirstFocus, useForm } from '../lib/forms';
import { identity } from '../lib/identity';
import { PASSWORD_HINT, passwordProblem, tidyCode } from '../lib/passwords';

const LABELS = { code: 'Code', password: 'New password' };

function Choose({ email }: { email: string }) {
  const navigate = useNavigate();
  const notice = useNotice();
  const form = useForm({ code: '', password: '' });
  useFirstFocus(form);
  const reset = useMutation({
    mutationFn: () => identity.resetPassword(email, tidyCode(form.values.code), form.values.password),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', state: { email }, replace: true });
      notice('Your password is changed. Sign in with the new one.');
    },
    onError: (error) => form.fail(accountRefusals(error, { code: 'code', password: 'password' })),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reset.isPending) return;
    const gaps = missingFields(form.values, ['code', 'password']);
    const problem = passwordProblem(form.values.password);
    if (problem) gaps.fields.password ??= problem;
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    reset.mutate();
  }

  return (
    <AuthCard
      title="Choose a new password"
      intro={`If there is an account for ${email}, a code is on its way to it.`}
    >
      <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
        <FormErrors form={form} prefix="reset" labels={LABELS} />
        <TextField
          form={form}
          prefix="reset"
          name="code"
          label={LABELS.code}
          hint="Six digits, in the email."
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
        />
        <PasswordField
          form={form}
          prefix="reset"
          name="password"
          label={LABELS.password}
          hint={PASSWORD_HINT}
          autoComplete="new-password"
        />
        <SubmitButton pending={reset.isPending} busy="Changing it…">
          Change the password
        </SubmitButton>
      </form>
    </AuthCard>
  );
}

/** A new password for whoever has forgotten theirs. */
export function ResetPasswordPage() {
  const known = useLocation({ select: ({ state }) => state.email ?? '' });
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({ email: known });
  const request = useMutation({
    mutationFn: () => identity.requestPasswordReset(form.values.email),
    onSuccess: () => setSentTo(form.values.email.trim()),
    onError: (error) => form.fail(accountRefusals(error, { email: 'email' })),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (request.isPending) return;
    const gaps = missingFields(form.values, ['email']);
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    request.mutate();
  }

  if (sentTo) return <Choose email={sentTo} />;
  return (
    <AuthCard title="Forgot the password?" intro="We send you a code, and with it you choose a new one.">
      <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
        <FormErrors form={form} prefix="forgot" labels={{ email: 'Email address' }} />
        <TextField
          form={form}
          prefix="forgot"
          name="email"
          label="Email address"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
        />
        <SubmitButton pending={request.isPending} busy="Sending…">
          Send me a code
        </SubmitButton>
      </form>
      <p className="border-t border-iron-200 pt-4">
        <Link to="/sign-in" search={{}} className="link inline-block py-2">
          Back to signing in
        </Link>
      </p>
    </AuthCard>
  );
}
