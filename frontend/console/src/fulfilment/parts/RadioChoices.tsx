import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';

/** One of a few values, each explained. */
export function RadioChoices<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: T;
  choices: readonly { id: T; name: string; hint: string }[];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <Box>
      <FormLabel id={id}>{label}</FormLabel>
      <RadioGroup
        aria-labelledby={id}
        value={value}
        onChange={(_event, chosen) => onChange(chosen as T)}
        sx={{ gap: 0.75, mt: 0.5 }}
      >
        {choices.map(({ id: choice, name, hint }) => (
          <Box key={choice}>
            <FormControlLabel
              value={choice}
              control={
                <Radio size="small" slotProps={{ input: { 'aria-describedby': `${id}-${choice}` } }} />
              }
              label={name}
            />
            <Box
              id={`${id}-${choice}`}
              sx={{ color: 'text.secondary', fontSize: '0.8125rem', pl: '29px', mt: -0.5 }}
            >
              {hint}
            </Box>
          </Box>
        ))}
      </RadioGroup>
    </Box>
  );
}
