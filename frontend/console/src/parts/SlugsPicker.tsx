import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { Choice } from './Filters';

/** Several of the choices. */
export function SlugsPicker({
  label,
  choices,
  value,
  onChange,
  error,
  helperText,
  required = false,
}: {
  label: string;
  choices: readonly Choice[];
  value: readonly Choice[];
  onChange: (value: Choice[]) => void;
  error?: string | undefined;
  helperText?: string;
  required?: boolean;
}) {
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      options={choices}
      value={[...value]}
      getOptionLabel={({ name }) => name.trim()}
      isOptionEqualToValue={(option, chosen) => option.id === chosen.id}
      renderOption={({ key, ...props }, { name }) => (
        <li key={key} {...props}>
          {name}
        </li>
      )}
      onChange={(_event, chosen) => onChange(chosen)}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          required={required}
          error={error !== undefined}
          helperText={error ?? helperText}
        />
      )}
    />
  );
}
