import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';

/** A text of a form, with how much of it there may be. */
export function TextControl({
  source,
  label,
  max,
  rows,
  required = false,
  helperText,
  placeholder,
  email = false,
  numeric = false,
  autoFocus = false,
}: {
  source: string;
  label: string;
  max?: number;
  rows?: number;
  required?: boolean;
  helperText?: string;
  placeholder?: string;
  email?: boolean;
  /** Whether it is a whole number, which phones have keys of their own for. */
  numeric?: boolean;
  autoFocus?: boolean;
}) {
  const {
    field: { value, ref, ...field },
    fieldState: { error },
  } = useController({ name: source });
  const text = typeof value === 'string' ? value : '';
  const count = max !== undefined && text.length > max * 0.7 ? ` ${text.length} of ${max} characters.` : '';
  return (
    <TextField
      {...field}
      value={text}
      inputRef={ref}
      label={label}
      required={required}
      autoFocus={autoFocus}
      multiline={rows !== undefined}
      {...(rows !== undefined && { minRows: rows, maxRows: rows * 3 })}
      error={error !== undefined}
      helperText={error?.message ?? (`${helperText ?? ''}${count}`.trim() || undefined)}
      slotProps={{
        htmlInput: {
          maxLength: max,
          placeholder,
          autoComplete: 'off',
          ...(numeric && { inputMode: 'numeric' as const }),
          ...(email && { type: 'email', autoComplete: 'email' }),
        },
        inputLabel: placeholder ? { shrink: true } : {},
      }}
    />
  );
}
