import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { type PartnerKey, SCOPES, type Scope } from '../api/people';
import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';

interface Values {
  name: string;
  scopes: Scope[];
}

const WORDS: Readonly<Record<Scope, string>> = {
  'catalog:read': 'Read the catalogue and its stock',
  'orders:write': 'Place orders, and hear what becomes of them',
};

function ScopesField() {
  const id = useId();
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController<Values, 'scopes'>({ name: 'scopes' });
  const chosen = value ?? [];
  return (
    <Box role="group" aria-labelledby={id}>
      <FormLabel id={id}>It may</FormLabel>
      {SCOPES.map((scope) => (
        <FormControlLabel
          key={scope}
          sx={{ display: 'flex' }}
          control={
            <Checkbox
              checked={chosen.includes(scope)}
              onChange={(_event, checked) =>
                onChange(checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
              }
            />
          }
          label={WORDS[scope]}
        />
      ))}
      {error?.message && <FormHelperText error>{error.message}</FormHelperText>}
    </Box>
  );
}

/** Asks what a new key is for; one that replaces another begins as that one. */
export function NewKeyDialog({
  replaced,
  onSave,
  onClose,
}: {
  replaced?: PartnerKey | undefined;
  onSave: (values: Values) => Promise<unknown>;
  onClose: () => void;
}) {
  return (
    <FormDialog<Values>
      open
      title={replaced ? `Replace “${replaced.name}”` : 'Make a key'}
      intro={
        replaced &&
        'The new key belongs to the same partner: it has that partner’s orders and callback. The old one opens as before, until you revoke it.'
      }
      save={replaced ? 'Make the new key' : 'Make the key'}
      defaultValues={{ name: replaced?.name ?? '', scopes: replaced?.scopes ?? ['catalog:read'] }}
      validate={({ name, scopes }) => ({
        name: name?.trim() ? undefined : 'Give a name: which partner is it for?',
        scopes: scopes?.length ? undefined : 'Choose what it may do.',
      })}
      onSave={({ name, scopes }) => onSave({ name: name.trim(), scopes })}
      onClose={onClose}
    >
      <TextControl
        source="name"
        label="Name"
        max={100}
        required
        autoFocus
        placeholder="Dudley Trade Counter"
      />
      <ScopesField />
    </FormDialog>
  );
}
