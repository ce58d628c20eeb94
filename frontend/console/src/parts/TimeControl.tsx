import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';

/** A day and a time of a form, in the time zone of whoever fills it in. */
export function TimeControl({
  source,
  label,
  required = false,
  helperText,
}: {
  source: string;
  label: string;
  required?: boolean;
  helperText?: string;
}) {
  const {
    field: { value, ref, ...field },
    fieldState: { error },
  } = useController({ name: source });
  return (
    <TextField
      {...field}
      type="datetime-local"
      value={typeof value === 'string' ? value : ''}
      inputRef={ref}
      label={label}
      required={required}
      error={error !== undefined}
      helperText={error?.message ?? helperText}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
