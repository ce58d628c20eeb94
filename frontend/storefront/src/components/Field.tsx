import { type InputHTMLAttributes, type ReactNode, useState } from 'react';
import type { Form } from '../lib/forms';
import { SUMMARY } from '../lib/forms';

interface Props {
  id: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Gets the attributes that tie the control to its label, hint and error. */
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
    'aria-required': boolean;
  }) => ReactNode;
}

/** A control with its label, hint and error. */
export function Field({ id, label, hint, error, optional = false, children }: Props) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
        {optional && <span className="font-normal text-iron-600"> (optional)</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-iron-700">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error !== undefined,
        'aria-required': !optional,
      })}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 font-semibold text-oxide-700">
          {error}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a form, at its top: each entry leads to its field. */
function ErrorSummary({
  fields,
  others,
}: {
  fields: readonly { id: string; label: string; error: string }[];
  others: readonly ReactNode[];
}) {
  if (fields.length === 0 && others.length === 0) return null;
  return (
    <div role="alert" tabIndex={-1} {...{ [SUMMARY]: '' }} className="card border-l-8 border-oxide-700 p-5">
      <h2 className="text-lg font-bold">
        {fields.length > 0 ? 'Some of this needs another look' : 'That did not go through'}
      </h2>
      <ul className="mt-2 space-y-1.5">
        {fields.map(({ id, label, error }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="font-semibold text-oxide-700 underline underline-offset-4"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {label}: {error}
            </a>
          </li>
        ))}
        {others.map((other, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list without identities
          <li key={index} className="text-iron-900">
            {other}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface InputProps<Name extends string>
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'form' | 'name'> {
  form: Form<Name>;
  /** Ids of a form's fields begin with it, so that two forms can stand on one page. */
  prefix: string;
  name: Name;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
}

/** A line of text in a form. */
export function TextField<Name extends string>(props: InputProps<Name>) {
  const { form, prefix, name, label, hint, optional = false, className = '', ...input } = props;
  return (
    <Field
      id={`${prefix}-${name}`}
      label={label}
      hint={hint}
      optional={optional}
      error={form.errors.fields[name]}
    >
      {(control) => (
        <input
          {...input}
          {...control}
          className={`input ${className}`}
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
        />
      )}
    </Field>
  );
}

/** A password, which can be looked at while it is typed. */
export function PasswordField<Name extends string>(props: Omit<InputProps<Name>, 'type'>) {
  const { form, prefix, name, label, hint, optional: _, className: __, ...input } = props;
  const [shown, setShown] = useState(false);
  return (
    <Field id={`${prefix}-${name}`} label={label} hint={hint} error={form.errors.fields[name]}>
      {(control) => (
        <div className="relative">
          <input
            {...input}
            {...control}
            type={shown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="none"
            className="input pr-20"
            value={form.values[name]}
            onChange={(event) => form.set(name, event.target.value)}
          />
          <button
            type="button"
            className="absolute inset-y-0.5 right-0.5 cursor-pointer rounded-md px-3.5 text-sm font-semibold text-enamel-800 underline decoration-enamel-300 decoration-2 underline-offset-4"
            aria-pressed={shown}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  );
}

/** What is wrong with a form, at its top. */
export function FormErrors<Name extends string>({
  form,
  prefix,
  labels,
  more = [],
}: {
  form: Form<Name>;
  prefix: string;
  labels: Readonly<Record<Name, string>>;
  more?: readonly ReactNode[];
}) {
  const fields = (Object.keys(labels) as Name[]).flatMap((name) => {
    const error = form.errors.fields[name];
    return error ? [{ id: `${prefix}-${name}`, label: labels[name], error }] : [];
  });
  return <ErrorSummary fields={fields} others={[...form.errors.others, ...more]} />;
}
