import {
  ADDRESS_LABELS,
  ADDRESS_ORDER,
  addressLines,
  addressValues,
  isOptionalInAddress,
  NO_ADDRESS,
  type SavedAddress,
  toAddress,
} from '@ironmonger/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { AddressFields } from '../../components/AddressFields';
import { SubmitButton } from '../../components/AuthCard';
import { ChangeOrRemove } from '../../components/ChangeOrRemove';
import { Failure } from '../../components/Failure';
import { FormErrors } from '../../components/Field';
import { useNotice } from '../../components/Notice';
import { addressesQuery, addressRefusals, MAX_ADDRESSES } from '../../lib/addresses';
import { api } from '../../lib/api';
import { hasErrors, missingFields, useFirstFocus, useForm } from '../../lib/forms';
import { usePageTitle } from '../../lib/page';
import { AccountHeading } from './AccountLayout';

interface EditorProps {
  /** The entry to change; without one a new entry is made. */
  entry: SavedAddress | undefined;
  onDone: (saved: boolean) => void;
}

function Editor({ entry, onDone }: EditorProps) {
  const client = useQueryClient();
  const form = useForm(entry ? addressValues(entry) : { ...NO_ADDRESS });
  useFirstFocus(form);
  const [isDefault, setIsDefault] = useState(entry?.isDefault ?? false);
  const save = useMutation({
    mutationFn: () => {
      const address = { ...toAddress(form.values), isDefault };
      return entry ? api.updateAddress(entry.id, address) : api.createAddress(address);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: addressesQuery.queryKey });
      onDone(true);
    },
    onError: (error) => form.fail(addressRefusals(error)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (save.isPending) return;
    const gaps = missingFields(
      form.values,
      ADDRESS_ORDER.filter((field) => !isOptionalInAddress(field)),
    );
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    save.mutate();
  }
  return (
    <form ref={form.form} noValidate onSubmit={submit} className="card space-y-5 p-5 sm:p-7">
      <h2 className="text-2xl font-bold">{entry ? 'Change the address' : 'A new address'}</h2>
      <FormErrors form={form} prefix="address" labels={ADDRESS_LABELS} />
      <div className="grid gap-5 sm:grid-cols-2">
        <AddressFields form={form} prefix="address" />
      </div>
      <label className="flex cursor-pointer gap-3 py-1">
        <input
          type="checkbox"
          className="check mt-0.5"
          checked={isDefault}
          disabled={entry?.isDefault}
          onChange={(event) => setIsDefault(event.target.checked)}
        />
        <span>The one that a checkout begins with</span>
      </label>
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={save.isPending} busy="Saving…" className="px-8">
          Save
        </SubmitButton>
        <button type="button" className="btn btn-quiet" onClick={() => onDone(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Entry({ entry, onEdit }: { entry: SavedAddress; onEdit: () => void }) {
  const client = useQueryClient();
  const notice = useNotice();
  const [name, ...lines] = addressLines(entry);
  const remove = useMutation({
    mutationFn: () => api.deleteAddress(entry.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: addressesQuery.queryKey });
      notice('The address is removed.');
      document.getElementById('main')?.focus({ preventScroll: true });
    },
  });
  return (
    <article className="card flex h-full flex-col p-5">
      {entry.isDefault && <p className="label-caps mb-1 text-enamel-800">Used first</p>}
      <h2 className="font-sans text-lg font-bold tracking-normal">{name}</h2>
      <address className="mt-1 leading-relaxed not-italic">
        {lines.map((line) => (
          <span key={line} className="block break-words">
            {line}
          </span>
        ))}
      </address>
      <ChangeOrRemove
        of={[name, lines[0]].join(', ')}
        onChange={onEdit}
        onRemove={() => remove.mutate()}
        isRemoving={remove.isPending}
        failure={remove.error}
      />
    </article>
  );
}

/** The address book. */
export function AddressesPage() {
  usePageTitle('Your addresses');
  const notice = useNotice();
  const { data, error, isPending, refetch } = useQuery(addressesQuery);
  const [editing, setEditing] = useState<SavedAddress | 'new'>();
  const items = data?.items ?? [];

  function done(saved: boolean) {
    setEditing(undefined);
    if (saved) notice('Saved.');
    document.getElementById('main')?.focus({ preventScroll: true });
  }

  return (
    <>
      <AccountHeading>Your addresses</AccountHeading>
      {isPending && <div className="skeleton h-56 rounded-xl" aria-hidden="true" />}
      {error && !data && (
        <Failure title="Your addresses could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {editing && (
        <Editor
          key={editing === 'new' ? 'new' : editing.id}
          entry={editing === 'new' ? undefined : editing}
          onDone={done}
        />
      )}
      {data && !editing && (
        <>
          {items.length === 0 && (
            <div className="card p-8">
              <h2 className="text-2xl font-bold">None yet</h2>
              <p className="mt-3 text-iron-700">Keep one here and the checkout is filled in for you.</p>
            </div>
          )}
          <ul className="grid gap-4 sm:grid-cols-2">
            {items.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} onEdit={() => setEditing(entry)} />
              </li>
            ))}
          </ul>
          {items.length < MAX_ADDRESSES ? (
            <button type="button" className="btn btn-main mt-6" onClick={() => setEditing('new')}>
              Add an address
            </button>
          ) : (
            <p className="mt-6 text-iron-700">
              That is {MAX_ADDRESSES}, as many as there is room for. Remove one to add another.
            </p>
          )}
        </>
      )}
    </>
  );
}
