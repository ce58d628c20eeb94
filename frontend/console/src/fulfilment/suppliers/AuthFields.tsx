import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { Json } from '../types';
import { authOf, WAYS, wayOf } from './auth';
import { withMember } from './configuration';
import { Setting } from './Setting';

/** A way that only the configuration's text can change. */
const OTHER = 'other';

/** How requests show who we are. */
export function AuthFields({ auth, onChange }: { auth: unknown; onChange: (auth: unknown) => void }) {
  const way = wayOf(auth);
  const own = (auth ?? {}) as Json;
  return (
    <Stack spacing={2}>
      <TextField
        select
        label="How it knows us"
        value={way?.id ?? OTHER}
        helperText={way?.hint ?? 'As the configuration below says.'}
        onChange={(event) => onChange(authOf(event.target.value))}
      >
        {WAYS.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
        {!way && (
          <MenuItem value={OTHER} disabled>
            Something else
          </MenuItem>
        )}
      </TextField>
      {way && way.fields.length > 0 && (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
            alignItems: 'start',
          }}
        >
          {way.fields.map((field) => (
            <Setting
              key={field.path}
              field={field}
              value={own[field.path]}
              // A member that is needed stays, be it empty, so that its absence is told by its name.
              onChange={(next) =>
                onChange(withMember(own, field.path, next ?? (field.required ? '' : undefined)))
              }
            />
          ))}
        </Box>
      )}
    </Stack>
  );
}
