import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { wholeBetween } from '../suppliers/form';
import { HOURS, MAX_HOUR_WEIGHT, type PacedValues } from './form';

const between = (from: number, to: number) => HOURS.map((hour) => (hour >= from && hour < to ? '1' : '0'));

const PRESETS: readonly { name: string; weights: readonly string[] }[] = [
  { name: '08 to 18', weights: between(8, 18) },
  { name: '18 to 23', weights: between(18, 23) },
  { name: 'All alike', weights: between(0, 24) },
];

const two = (hour: number) => String(hour).padStart(2, '0');

/** How much each hour of the day weighs. */
export function HourWeights() {
  const id = useId();
  const {
    field: { value, onChange, onBlur, ref },
    fieldState: { error },
  } = useController<PacedValues, 'plan.curve.weights'>({ name: 'plan.curve.weights' });
  return (
    <Box role="group" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <FormLabel id={id}>Weight of each hour (UTC)</FormLabel>
      <FormHelperText id={`${id}-hint`} error={error !== undefined} sx={{ mx: 0, mb: 1 }}>
        {error?.message ??
          'An instalment in an hour of 20 is twice as large as one in an hour of 10; with 0 there is none.'}
      </FormHelperText>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1.5 }}>
        {PRESETS.map(({ name, weights }) => (
          <Button key={name} size="small" variant="outlined" onClick={() => onChange(weights)}>
            {name}
          </Button>
        ))}
      </Box>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fill, minmax(4rem, 1fr))' }}>
        {HOURS.map((hour) => {
          const text = value[hour] ?? '';
          return (
            <TextField
              key={hour}
              size="small"
              label={two(hour)}
              value={text}
              error={wholeBetween(text, 0, MAX_HOUR_WEIGHT) === undefined}
              {...(hour === 0 && { inputRef: ref })}
              onBlur={onBlur}
              onChange={(event) =>
                onChange(value.map((other, at) => (at === hour ? event.target.value : other)))
              }
              slotProps={{
                inputLabel: { shrink: true },
                htmlInput: {
                  inputMode: 'numeric',
                  autoComplete: 'off',
                  'aria-label': `Weight of ${two(hour)}:00`,
                },
              }}
            />
          );
        })}
      </Box>
    </Box>
  );
}
