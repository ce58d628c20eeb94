import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Confirm } from '../../parts/Confirm';
import { RadioChoices } from '../parts/RadioChoices';
import type { AdapterKind, Adapters, Json } from '../types';
import { showConfiguration } from './configuration';
import type { SupplierValues } from './form';

/** What a new supplier starts from where no preset is chosen. */
const EXAMPLE = 'example';

/** The configuration that a choice stands for. */
export function startOf({ items, presets }: Adapters, adapter: AdapterKind, start: string): Json {
  const preset = presets.find(({ id }) => id === start);
  return preset?.configuration ?? items.find(({ id }) => id === adapter)?.example ?? {};
}

/** The adapter of a new supplier, and what its configuration starts from. */
export function AdapterChoice({ adapters }: { adapters: Adapters }) {
  const { setValue, getValues } = useFormContext<SupplierValues>();
  const kind = useWatch<SupplierValues, 'adapter'>({ name: 'adapter' });
  const [start, setStart] = useState(EXAMPLE);
  const [asked, setAsked] = useState<{ adapter: AdapterKind; start: string }>();
  const presets = adapters.presets.filter(({ adapter }) => adapter === kind);
  const preset = presets.find(({ id }) => id === start);

  const take = (next: { adapter: AdapterKind; start: string }) => {
    setStart(next.start);
    setValue('adapter', next.adapter, { shouldDirty: true });
    const configuration = startOf(adapters, next.adapter, next.start);
    setValue('configuration', showConfiguration(configuration), { shouldDirty: true });
  };
  /** Begins anew, once it is sure that nobody's work is lost. */
  const choose = (next: { adapter: AdapterKind; start: string }) => {
    const untouched = showConfiguration(startOf(adapters, kind, start));
    if (getValues('configuration') === untouched) take(next);
    else setAsked(next);
  };
  return (
    <Stack spacing={2}>
      <RadioChoices
        label="How it is spoken to"
        value={kind}
        choices={adapters.items.map(({ id, title, description }) => ({ id, name: title, hint: description }))}
        onChange={(adapter) => choose({ adapter, start: EXAMPLE })}
      />
      {presets.length > 0 && (
        <TextField
          select
          label="Start from"
          value={start}
          onChange={(event) => choose({ adapter: kind, start: event.target.value })}
          helperText="A ready configuration, to be changed as you like."
        >
          <MenuItem value={EXAMPLE}>The supplier simulator: an example for all that are not listed</MenuItem>
          {presets.map(({ id, title }) => (
            <MenuItem key={id} value={id}>
              {title}
            </MenuItem>
          ))}
        </TextField>
      )}
      {preset && (
        <Box sx={{ fontSize: '0.875rem' }}>
          <Box component="ul" sx={{ mt: 0, mb: 1, pl: 2.5 }}>
            {preset.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </Box>
          <MuiLink href={preset.documentation} target="_blank" rel="noopener noreferrer">
            Documentation of {preset.title} (opens in a new tab)
          </MuiLink>
        </Box>
      )}
      <Confirm
        open={asked !== undefined}
        title="Begin anew?"
        confirm="Begin anew"
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (asked) take(asked);
        }}
      >
        The configuration as you have changed it is replaced.
      </Confirm>
    </Stack>
  );
}
