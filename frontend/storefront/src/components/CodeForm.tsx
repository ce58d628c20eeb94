import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { accountRefusals, missingFields, useFirstFocus, useForm, useSubmit } from '../lib/forms';
import { identity } from '../lib/identity';
import { tidyCode } from '../lib/passwords';
import { useAnnounce } from './Announcer';
import { SubmitButton } from './AuthCard';
import { CodeField } from './CodeField';
import { FormErrors } from './Field';

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
  const refusals = (error: unknown) => accountRefusals(error, { code: 'code' });
  const confirm = useSubmit(form, {
    check: () => missingFields(form.values, ['code']),
    send: async () => {
      await identity.confirmSignUp(email, tidyCode(form.values.code));
      await onConfirmed();
    },
    refusals,
  });
  const resend = useMutation({
    mutationFn: () => identity.resendCode(email),
    onSuccess: () => {
      setSentAgain(true);
      announce('Another code is on its way.');
    },
    onError: (error) => form.fail(refusals(error)),
  });

  return (
    <form ref={form.form} noValidate onSubmit={confirm.submit} className="space-y-5">
      <FormErrors form={form} prefix="confirm" labels={{ code: 'Code' }} />
      <CodeField form={form} prefix="confirm" hint="Six digits, in the email we have just sent." />
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
