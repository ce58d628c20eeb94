import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accountRefusals, hasErrors, missingFields, useFirstFocus, useForm } from '../lib/forms';
import { identity } from '../lib/identity';
import { tidyCode } from '../lib/passwords';
import { useAnnounce } from './Announcer';
import { SubmitButton } from './AuthCard';
import { FormErrors, TextField } from './Field';

interface Props {
  email: string;
  /** Told once the address is confirmed. */
  onConfirmed: () => Promise<void>;
}

/** Takes the code that was sent to an address, and sends another where it did not come. */
export function CodeForm({ email, onConfirmed }: Props) {
  const announce = useAnnounce();
  const form = useForm({ code: '' });
  useFirstFocus(form);
  const [sentAgain, setSentAgain] = useState(false);
  const confirm = useMutation({
    mutationFn: async () => {
      await identity.confirmSignUp(email, tidyCode(form.values.code));
      await onConfirmed();
    },
    onError: (error) => form.fail(accountRefusals(error, { code: 'code' })),
  });
  const resend = useMutation({
    mutationFn: () => identity.resendCode(email),
    onSuccess: () => {
      setSentAgain(true);
      announce('Another code is on its way.');
    },
    onError: (error) => form.fail(accountRefusals(error, { code: 'code' })),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (confirm.isPending) return;
    const gaps = missingFields(form.values, ['code']);
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    confirm.mutate();
  }

  return (
    <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
      <FormErrors form={form} prefix="confirm" labels={{ code: 'Code' }} />
      <TextField
        form={form}
        prefix="confirm"
        name="code"
        label="Code"
        hint="Six digits, in the email we have just sent."
        inputMode="numeric"
        autoComplete="one-time-code"
        className="font-display text-2xl tracking-[0.3em] tabular-nums"
        maxLength={12}
      />
      <SubmitButton pending={confirm.isPending} busy="Checking…">
        Confirm
      </SubmitButton>
      <p className="text-[0.95rem] text-iron-700">
        Nothing there? Look among the unwanted mail, or{' '}
        <button
          type="button"
          className="link cursor-pointer py-1"
          aria-disabled={resend.isPending}
          onClick={() => !resend.isPending && resend.mutate()}
        >
          {sentAgain ? 'send yet another code' : 'send another code'}
        </button>
        .{sentAgain && <span className="font-semibold text-enamel-800"> Another one is on its way.</span>}
      </p>
    </form>
  );
}
