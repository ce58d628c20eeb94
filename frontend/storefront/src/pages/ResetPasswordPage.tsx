import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthCard, SubmitButton } from '../components/AuthCard';
import { CodeField } from '../components/CodeField';
import { FormErrors, PasswordField, TextField } from '../components/Field';
import { useNotice } from '../components/Notice';
import { accountRefusals, joined, missingFields, useFirstFocus, useForm, useSubmit } from '../lib/forms';
import { identity } from '../lib/identity';
import { PASSWORD_HINT, passwordProblems, tidyCode } from '../lib/passwords';

const LABELS = { code: 'Code', password: 'New password' };

function Choose({ email }: { email: string }) {
  const navigate = useNavigate();
  const notice = useNotice();
  const form = useForm({ code: '', password: '' });
  useFirstFocus(form);
  const { submit, isPending } = useSubmit(form, {
    check: () =>
      joined(
        missingFields(form.values, ['code', 'password']),
        passwordProblems(form.values.password, 'password'),
      ),
    send: async () => {
      await identity.resetPassword(email, tidyCode(form.values.code), form.values.password);
      await navigate({ to: '/sign-in', state: { email }, replace: true });
      notice('Your password is changed. Sign in with the new one.');
    },
    refusals: (error) => accountRefusals(error, { code: 'code', password: 'password' }),
  });

  return (
    <AuthCard
      title="Choose a new password"
      intro={`If there is an account for ${email}, a code is on its way to it.`}
    >
      <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
        <FormErrors form={form} prefix="reset" labels={LABELS} />
        <CodeField form={form} prefix="reset" hint="Six digits, in the email." />
        <PasswordField
          form={form}
          prefix="reset"
          name="password"
          label={LABELS.password}
          hint={PASSWORD_HINT}
          autoComplete="new-password"
        />
        <SubmitButton pending={isPending} busy="Changing it…">
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
  const { submit, isPending } = useSubmit(form, {
    check: () => missingFields(form.values, ['email']),
    send: async () => {
      await identity.requestPasswordReset(form.values.email);
      setSentTo(form.values.email.trim());
    },
    refusals: (error) => accountRefusals(error, { email: 'email' }),
  });

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
        <SubmitButton pending={isPending} busy="Sending…">
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
