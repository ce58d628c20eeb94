import { ApiError, type FieldErrors, fieldErrors, messageOf, sentence } from '@ironmonger/api';
import { IdentityError, type IdentityField } from '@ironmonger/identity';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** A form's values as typed, and what is wrong with them. */
export interface Form<Field extends string> {
  values: Readonly<Record<Field, string>>;
  set(field: Field, value: string): void;
  reset(values: Record<Field, string>): void;
  /** Messages at fields, and those that are about the form as a whole. */
  errors: FieldErrors<Field>;
  /** Shows what is wrong and moves the focus to the first field concerned, else to the summary. */
  fail(errors: FieldErrors<Field>): void;
  clear(): void;
  form: RefObject<HTMLFormElement | null>;
}

/** Finds the summary of a form's errors, which takes the focus when no field does. */
export const SUMMARY = 'data-error-summary';

const NONE = { fields: {}, others: [] };

/** The state of a form whose fields are all text. */
export function useForm<Field extends string>(initial: Record<Field, string>): Form<Field> {
  const [values, setValues] = useState(initial);
  const [{ errors, shown }, setErrors] = useState<{ errors: FieldErrors<Field>; shown: number }>({
    errors: NONE,
    shown: 0,
  });
  const form = useRef<HTMLFormElement>(null);

  // After each refusal, once the messages are on the page.
  useEffect(() => {
    if (shown === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (first ?? form.current?.querySelector<HTMLElement>(`[${SUMMARY}]`))?.focus();
  }, [shown]);

  return {
    values,
    set: (field, value) => setValues((present) => ({ ...present, [field]: value })),
    reset: (next) => {
      setValues(next);
      setErrors({ errors: NONE, shown: 0 });
    },
    errors,
    fail: (next) => setErrors(({ shown: before }) => ({ errors: next, shown: before + 1 })),
    clear: () => setErrors(({ shown: before }) => ({ errors: NONE, shown: before })),
    form,
  };
}

/** Moves the focus into a form that has taken another's place on the page. */
export function useFirstFocus({ form }: Pick<Form<string>, 'form'>): void {
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), [form]);
}

/** Which of the fields that are needed were left empty. */
export function missingFields<Field extends string>(
  values: Readonly<Record<Field, string>>,
  needed: readonly Field[],
): FieldErrors<Field> {
  const fields: Partial<Record<Field, string>> = {};
  for (const field of needed) if (values[field].trim() === '') fields[field] = 'This is needed.';
  return { fields, others: [] };
}

/** Both, and at a field the first message. */
export function joined<Field extends string>(
  first: FieldErrors<Field>,
  second: FieldErrors<Field>,
): FieldErrors<Field> {
  return { fields: { ...second.fields, ...first.fields }, others: [...first.others, ...second.others] };
}

export function hasErrors(errors: FieldErrors<string>): boolean {
  return errors.others.length > 0 || Object.keys(errors.fields).length > 0;
}

/** What the API, or the lack of an answer, says about what was sent. */
export function refusalsOf<Field extends string>(
  error: unknown,
  pointers: Readonly<Record<string, Field>>,
): FieldErrors<Field> {
  if (!(error instanceof ApiError)) return { fields: {}, others: [messageOf(error)] };
  const { fields, others } = fieldErrors(error.problem, pointers);
  const told = Object.entries(fields) as [Field, string][];
  return {
    fields: Object.fromEntries(told.map(([field, text]) => [field, sentence(text)])) as typeof fields,
    others: others.map(sentence),
  };
}

/** What the account service says; fields that the form does not have count as the form's own. */
export function accountRefusals<Field extends string>(
  error: unknown,
  fields: Partial<Record<IdentityField, Field>>,
): FieldErrors<Field> {
  if (!(error instanceof IdentityError)) return { fields: {}, others: [messageOf(error)] };
  const field = error.field && fields[error.field];
  return field
    ? { fields: { [field]: error.message } as Partial<Record<Field, string>>, others: [] }
    : { fields: {}, others: [error.message] };
}

/**
 * Sends a form: what `check` finds, and then what comes of `send`, is shown at the fields. While it is
 * under way a second press does nothing.
 */
export function useSubmit<Field extends string>(
  form: Form<Field>,
  {
    check,
    send,
    refusals,
  }: {
    check: () => FieldErrors<Field>;
    send: () => Promise<void>;
    refusals: (error: unknown) => FieldErrors<Field>;
  },
) {
  const sending = useMutation({
    mutationFn: send,
    onError: (error) => form.fail(refusals(error)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (sending.isPending) return;
    const found = check();
    if (hasErrors(found)) return form.fail(found);
    form.clear();
    sending.mutate();
  }
  return { submit, isPending: sending.isPending, isUnderWay: sending.isPending || sending.isSuccess };
}
