import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useController } from 'react-hook-form';
import type { Choice } from '../../parts/Filters';

/** One of several values, as a field of a form. */
export function SelectControl({
  source,
  label,
  choices,
  helperText,
}: {
  source: string;
  label: string;
  choices: readonly Choice[];
  helperText?: string;
}) {
  const {
    field: { value, ref, ...field },
    fieldState: { error },
  } = useController({ name: source });
  return (
    <TextField
      {...field}
      select
      label={label}
      value={value ?? ''}
      inputRef={ref}
      error={error !== undefined}
      helperText={error?.message ?? helperText}
    >
      {choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
