import type { ReactNode } from 'react';

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
export function ErrorSummary({
  fields,
  others,
}: {
  fields: readonly { id: string; label: string; error: string }[];
  others: readonly ReactNode[];
}) {
  if (fields.length === 0 && others.length === 0) return null;
  return (
    <div role="alert" className="card border-l-8 border-oxide-700 p-5">
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
