import { qrPath, type TotpSetup } from '@ironmonger/identity';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { SubmitButton } from '../../components/AuthCard';
import { CodeField } from '../../components/CodeField';
import { FormErrors, PasswordField } from '../../components/Field';
import { useNotice } from '../../components/Notice';
import { totpQuery } from '../../lib/account';
import { accountRefusals, joined, missingFields, useFirstFocus, useForm, useSubmit } from '../../lib/forms';
import { identity } from '../../lib/identity';
import { PASSWORD_HINT, passwordProblems, tidyCode } from '../../lib/passwords';

const LABELS = { current: 'Present password', next: 'New password' };

/** Another password for whoever knows the present one. */
export function ChangePassword() {
  const notice = useNotice();
  const form = useForm({ current: '', next: '' });
  const { submit, isPending } = useSubmit(form, {
    check: () =>
      joined(
        missingFields(form.values, ['current', 'next']),
        passwordProblems(form.values.next, 'next' as const),
      ),
    send: async () => {
      await identity.changePassword(form.values.current, form.values.next);
      form.reset({ current: '', next: '' });
      notice('Your password is changed.');
    },
    refusals: (error) => accountRefusals(error, { currentPassword: 'current', password: 'next' } as const),
  });
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="card space-y-5 p-5 sm:p-7">
      <h2 className="text-2xl font-bold">Password</h2>
      <FormErrors form={form} prefix="password" labels={LABELS} />
      <div className="grid gap-5 sm:grid-cols-2">
        <PasswordField
          form={form}
          prefix="password"
          name="current"
          label={LABELS.current}
          autoComplete="current-password"
        />
        <PasswordField
          form={form}
          prefix="password"
          name="next"
          label={LABELS.next}
          autoComplete="new-password"
        />
      </div>
      <p className="text-sm text-iron-700">{PASSWORD_HINT}</p>
      <SubmitButton pending={isPending} busy="Changing it…" className="px-8">
        Change the password
      </SubmitButton>
    </form>
  );
}

function SetUp({ setup, onDone }: { setup: TotpSetup; onDone: () => void }) {
  const form = useForm({ code: '' });
  useFirstFocus(form);
  const { size, d } = qrPath(setup.uri);
  const { submit, isPending } = useSubmit(form, {
    check: () => missingFields(form.values, ['code']),
    send: async () => {
      await identity.confirmTotp(tidyCode(form.values.code));
      onDone();
    },
    refusals: (error) => accountRefusals(error, { code: 'code' }),
  });
  return (
    <div className="mt-5 grid gap-6 sm:grid-cols-[13rem_1fr]">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label="QR code for your authenticator"
        className="w-52 rounded-lg bg-white ring-1 ring-iron-300"
      >
        <path d={d} fill="#101815" />
      </svg>
      <form ref={form.form} noValidate onSubmit={submit} className="space-y-5">
        <FormErrors form={form} prefix="totp" labels={{ code: 'Code' }} />
        <p>
          Take a picture of this with your authenticator, or type this key into it:{' '}
          <code className="font-sans font-bold break-all select-all">{setup.secret}</code>
        </p>
        <CodeField form={form} prefix="totp" hint="The six digits that it shows now." />
        <SubmitButton pending={isPending} busy="Checking…" className="px-8">
          Turn it on
        </SubmitButton>
      </form>
    </div>
  );
}

/** A second step on signing in: an authenticator's code. */
export function TwoSteps() {
  const client = useQueryClient();
  const notice = useNotice();
  const { data: enabled, error } = useQuery(totpQuery);
  const [setup, setSetup] = useState<TotpSetup>();
  const section = useRef<HTMLHeadingElement>(null);
  const changed = useRef(false);
  // The button or form that was used is gone by now.
  useEffect(() => {
    if (enabled !== undefined && changed.current) section.current?.focus();
    changed.current = false;
  }, [enabled]);

  function finish(on: boolean) {
    setSetup(undefined);
    changed.current = true;
    client.setQueryData(totpQuery.queryKey, on);
    notice(on ? 'Signing in now takes a code too.' : 'Signing in takes the password alone again.');
  }
  const start = useMutation({ mutationFn: () => identity.startTotp(), onSuccess: setSetup });
  const stop = useMutation({ mutationFn: () => identity.disableTotp(), onSuccess: () => finish(false) });
  const failure = start.error ?? stop.error ?? error;
  const shown = failure && accountRefusals(failure, {}).others[0];
  return (
    <section aria-labelledby="two-steps" className="card p-5 sm:p-7">
      <h2 id="two-steps" ref={section} tabIndex={-1} className="text-2xl font-bold">
        Signing in in two steps
      </h2>
      <p className="mt-3 text-iron-700">
        {enabled
          ? 'On: after the password you are asked for a code from your authenticator.'
          : 'Besides the password, a code from an authenticator on your phone. Off at the moment.'}
      </p>
      {shown && (
        <p role="alert" className="mt-4 rounded-lg bg-oxide-100 p-4 font-semibold text-oxide-700">
          {shown}
        </p>
      )}
      {setup ? (
        <SetUp setup={setup} onDone={() => finish(true)} />
      ) : (
        enabled !== undefined && (
          <button
            type="button"
            className="btn btn-quiet mt-5"
            aria-disabled={start.isPending || stop.isPending}
            onClick={() => (enabled ? stop.mutate() : start.mutate())}
          >
            {enabled ? 'Turn it off' : 'Set it up'}
          </button>
        )
      )}
    </section>
  );
}
