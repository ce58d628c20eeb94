import type { Me } from '@ironmonger/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SubmitButton } from '../../components/AuthCard';
import { Failure } from '../../components/Failure';
import { FormErrors, TextField } from '../../components/Field';
import { useNotice } from '../../components/Notice';
import { meQuery } from '../../lib/account';
import { api } from '../../lib/api';
import { refusalsOf, useForm } from '../../lib/forms';
import { usePageTitle } from '../../lib/page';
import { AccountHeading } from './AccountLayout';
import { DeleteAccount, ExportData } from './PersonalData';
import { ChangePassword, TwoSteps } from './Security';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

function Profile({ me }: { me: Me }) {
  const client = useQueryClient();
  const notice = useNotice();
  const form = useForm({ name: me.name ?? '' });
  const [consent, setConsent] = useState(me.marketingConsent);
  const save = useMutation({
    mutationFn: () => api.updateMe({ name: form.values.name.trim() || null, marketingConsent: consent }),
    onSuccess: (saved) => {
      client.setQueryData(meQuery.queryKey, saved);
      form.clear();
      notice('Saved.');
    },
    onError: (error) => form.fail(refusalsOf(error, { '/name': 'name' } as const)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  }
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="card space-y-5 p-5 sm:p-7">
      <h2 className="text-2xl font-bold">About you</h2>
      <FormErrors form={form} prefix="profile" labels={{ name: 'Name' }} />
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <div>
          <dt className="text-sm text-iron-700">Email address</dt>
          <dd className="font-semibold break-all">{me.email}</dd>
        </div>
        <div>
          <dt className="text-sm text-iron-700">With us since</dt>
          <dd className="font-semibold">
            <time dateTime={me.createdAt}>{day.format(new Date(me.createdAt))}</time>
          </dd>
        </div>
      </dl>
      <div className="max-w-md">
        <TextField
          form={form}
          prefix="profile"
          name="name"
          label="Name"
          optional
          hint="Its first part and an initial stand below your reviews."
          autoComplete="name"
        />
      </div>
      <label className="flex cursor-pointer gap-3 py-1">
        <input
          type="checkbox"
          className="check mt-0.5"
          checked={consent}
          onChange={(event) => setConsent(event.target.checked)}
        />
        <span>
          Tell me by email about new goods and offers.
          <span className="block text-sm text-iron-700">You can take this back here at any time.</span>
        </span>
      </label>
      <SubmitButton pending={save.isPending} busy="Saving…" className="px-8">
        Save
      </SubmitButton>
    </form>
  );
}

/** The account itself: who, how to sign in, and what is held about them. */
export function ProfilePage() {
  usePageTitle('Your account');
  const { data: me, error, isPending, refetch } = useQuery(meQuery);
  return (
    <>
      <AccountHeading>Your account</AccountHeading>
      {isPending && <div className="skeleton h-80 rounded-xl" aria-hidden="true" />}
      {error && !me && (
        <Failure title="Your account could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {me && (
        <div className="space-y-6">
          <Profile me={me} />
          <ChangePassword />
          <TwoSteps />
          <ExportData />
          <DeleteAccount email={me.email} />
        </div>
      )}
    </>
  );
}
