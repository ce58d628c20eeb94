import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';
import { useController } from 'react-hook-form';

const GROUPS = [
  { id: 'operator', name: 'Operator', hint: 'Catalogue, stock, reviews, customers.' },
  { id: 'admin', name: 'Admin', hint: 'All of that, and staff, partner keys and the audit trail.' },
];

/** What a member of staff may do. */
export function GroupField() {
  const id = useId();
  const { field } = useController({ name: 'group' });
  return (
    <Box>
      <FormLabel id={id}>Group</FormLabel>
      <RadioGroup aria-labelledby={id} name={field.name} value={field.value} onChange={field.onChange}>
        {GROUPS.map(({ id: group, name, hint }) => (
          <FormControlLabel
            key={group}
            value={group}
            control={<Radio />}
            label={
              <>
                {name}
                <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{hint}</Box>
              </>
            }
          />
        ))}
      </RadioGroup>
    </Box>
  );
}
