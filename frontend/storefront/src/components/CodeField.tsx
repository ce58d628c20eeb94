import type { Form } from '../lib/forms';
import { TextField } from './Field';

interface Props {
  form: Form<'code'>;
  prefix: string;
  hint: string;
}

/** Takes a code of six digits, from an email or an authenticator. */
export function CodeField({ form, prefix, hint }: Props) {
  return (
    <TextField
      form={form}
      prefix={prefix}
      name="code"
      label="Code"
      hint={hint}
      inputMode="numeric"
      autoComplete="one-time-code"
      className="font-display text-2xl tracking-[0.3em] tabular-nums"
      maxLength={12}
    />
  );
}
