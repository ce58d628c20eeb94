import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';

/** Messages nested like a form's values; where all is well there is nothing. */
export type Messages = { readonly [field: string]: Messages | string | undefined } | readonly Messages[];

function toErrors(messages: Messages | string | undefined): unknown {
  if (messages === undefined || messages === '') return undefined;
  if (typeof messages === 'string') return { type: 'manual', message: messages };
  if (Array.isArray(messages)) {
    const errors = messages.map(toErrors);
    return errors.some((error) => error !== undefined) ? errors : undefined;
  }
  const errors = Object.entries(messages as Record<string, Messages | undefined>).flatMap(
    ([field, below]) => {
      const error = toErrors(below);
      return error === undefined ? [] : [[field, error]];
    },
  );
  return errors.length > 0 ? Object.fromEntries(errors) : undefined;
}

/** Whether there is nothing to object to. */
export function isFine(messages: Messages): boolean {
  return toErrors(messages) === undefined;
}

/**
 * A form's resolver of a function that says what is wrong with its values. As a resolver answers for
 * all fields at once, what the API said of an earlier attempt is gone with the next.
 */
export function resolverOf<Values>(validate: (values: Values) => Messages): Resolver<FieldValues> {
  return (values) => {
    const errors = toErrors(validate(values as Values)) as FieldErrors | undefined;
    return errors === undefined ? { values, errors: {} } : { values: {}, errors };
  };
}
