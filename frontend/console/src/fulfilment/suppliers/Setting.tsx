import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import type { AdapterField } from '../types';

/** The longest number that is read while one types, in digits. */
const MAX_DIGITS = 9;

const WHOLE = new RegExp(`^\\d{1,${MAX_DIGITS}}$`);

function Flag({
  field: { title, help },
  value,
  onChange,
}: {
  field: AdapterField;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const id = useId();
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox
            checked={value === true}
            onChange={(_event, checked) => onChange(checked || undefined)}
            slotProps={{ input: { 'aria-describedby': id } }}
          />
        }
        label={title}
      />
      <FormHelperText id={id}>{help}</FormHelperText>
    </Box>
  );
}

/** One setting of a configuration; what is empty is not part of it. */
export function Setting({
  field,
  value,
  onChange,
}: {
  field: AdapterField;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { title, help, kind, required, example, choices } = field;
  if (kind === 'flag') return <Flag field={field} value={value} onChange={onChange} />;
  const change = (text: string) => {
    if (text === '') onChange(undefined);
    else if (kind !== 'number') onChange(text);
    else if (WHOLE.test(text)) onChange(Number.parseInt(text, 10));
  };
  const isChoice = kind === 'choice';
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (
    <TextField
      label={title}
      required={required}
      helperText={help}
      select={isChoice}
      value={shown}
      onChange={(event) => change(event.target.value)}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: {
          autoComplete: 'off',
          spellCheck: false,
          ...(!isChoice && { placeholder: example ?? '' }),
          ...(kind === 'number' && { inputMode: 'numeric' }),
        },
        ...(isChoice && { select: { displayEmpty: true } }),
      }}
    >
      {isChoice && !required && <MenuItem value="">Not set</MenuItem>}
      {choices.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {choice}
        </MenuItem>
      ))}
    </TextField>
  );
}
