import { messageOf } from '@ironmonger/api';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormErrors, TextField } from '../../components/Field';
import { useNotice } from '../../components/Notice';
import { api } from '../../lib/api';
import { refusalsOf, useFirstFocus, useForm, useSubmit } from '../../lib/forms';
import { identity } from '../../lib/identity';

/** Hands a file to the browser to be saved. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Everything that the shop holds about a customer, as a file. */
export function ExportData() {
  const load = useMutation({
    mutationFn: () => api.exportMe(),
    onSuccess: (file) => save(file, 'ironmonger-my-data.json'),
  });
  return (
    <section aria-labelledby="export" className="card p-5 sm:p-7">
      <h2 id="export" className="text-2xl font-bold">
        What we know of you
      </h2>
      <p className="mt-3 text-iron-700">
        Your account, addresses, orders and reviews, all of it in one JSON file.
      </p>
      {load.error && (
        <p role="alert" className="mt-4 rounded-lg bg-oxide-100 p-4 font-semibold text-oxide-700">
          {messageOf(load.error)}
        </p>
      )}
      <button
        type="button"
        className="btn btn-quiet mt-5"
        aria-disabled={load.isPending}
        onClick={() => !load.isPending && load.mutate()}
      >
        {load.isPending ? 'Collecting it…' : 'Download my data'}
      </button>
    </section>
  );
}

function Confirm({ email, onCancel }: { email: string; onCancel: () => void }) {
  const navigate = useNavigate();
  const notice = useNotice();
  const form = useForm({ email: '' });
  useFirstFocus(form);
  const { submit, isPending } = useSubmit(form, {
    check: () => {
      const same = form.values.email.trim().toLowerCase() === email.toLowerCase();
      return { fields: same ? {} : { email: 'This is not the address of your account.' }, others: [] };
    },
    send: async () => {
      await api.deleteMe(form.values.email.trim());
      // Away from the account's pages first: they would ask to sign in again.
      await navigate({ to: '/', replace: true });
      await identity.signOut();
      notice('Your account is being deleted. It takes a few minutes.');
    },
    refusals: (error) => refusalsOf(error, { '/email': 'email' } as const),
  });
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="mt-5 max-w-md space-y-5">
      <FormErrors form={form} prefix="deletion" labels={{ email: 'Email address' }} />
      <TextField
        form={form}
        prefix="deletion"
        name="email"
        label="Type your email address to confirm"
        type="email"
        autoComplete="off"
        autoCapitalize="none"
      />
      <div className="flex flex-wrap gap-3">
        <button
          type="submit"
          className="btn bg-oxide-700 text-white hover:bg-iron-950"
          aria-disabled={isPending}
        >
          {isPending ? 'Deleting it…' : 'Delete my account for good'}
        </button>
        <button type="button" className="btn btn-quiet" onClick={onCancel}>
          Keep it
        </button>
      </div>
    </form>
  );
}

/** The end of an account. */
export function DeleteAccount({ email }: { email: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <section aria-labelledby="deletion" className="card p-5 sm:p-7">
      <h2 id="deletion" className="text-2xl font-bold">
        Delete the account
      </h2>
      <p className="mt-3 max-w-prose text-iron-700">
        Your name, addresses, cart and reviews go, and so does the login. What was bought stays in our books,
        without you in it. This cannot be undone.
      </p>
      {asking ? (
        <Confirm email={email} onCancel={() => setAsking(false)} />
      ) : (
        <button type="button" className="btn btn-quiet mt-5" onClick={() => setAsking(true)}>
          Delete my account
        </button>
      )}
    </section>
  );
}
