import type { ComponentProps } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FormDialog } from '../../parts/FormDialog';
import { TextControl } from '../../parts/TextControl';
import { useAttemptKey } from './attempts';

/** The most characters that an operator says why, or how, something is done. */
const MAX_WORDS = 500;

/** What a page tells the dialog of a deed. */
export interface DeedProps {
  onDone: () => void;
  onClose: () => void;
}

/** A form in a dialog for a deed that a lost answer must not make happen twice. */
export function DeedDialog<Values extends FieldValues, Request>({
  request,
  send,
  onDone,
  ...form
}: Omit<ComponentProps<typeof FormDialog<Values>>, 'open' | 'onSave'> &
  DeedProps & {
    /** What is asked of the API: the same again has the same key. */
    request: (values: Values) => Request;
    send: (request: Request, idempotencyKey: string) => Promise<unknown>;
  }) {
  const keyOf = useAttemptKey();
  return (
    <FormDialog<Values>
      {...form}
      open
      onSave={async (values) => {
        const wanted = request(values);
        await send(wanted, keyOf(wanted));
        onDone();
      }}
    />
  );
}

/** Why, or how, something is done, in the operator's words. */
export function WordsField({ source, label }: { source: string; label: string }) {
  return <TextControl source={source} label={label} max={MAX_WORDS} rows={2} required autoFocus />;
}
