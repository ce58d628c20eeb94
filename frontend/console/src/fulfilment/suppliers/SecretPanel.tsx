import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useIsAdmin } from '../../auth/useUser';
import { useDesk } from '../../data/useDesk';
import { Confirm } from '../../parts/Confirm';
import { FormDialog } from '../../parts/FormDialog';
import { Panel } from '../../parts/Panel';
import { When } from '../../parts/When';
import type { SecretName, Supplier } from '../types';
import { SecretField } from './SecretField';

interface Words {
  title: string;
  /** As in "the key". */
  name: string;
  intro: string;
}

/** Secrets by name. */
const SECRET_WORDS: Readonly<Record<SecretName, Words>> = {
  credential: {
    title: 'The key',
    name: 'key',
    intro: 'What the supplier gave you to call its API: a key, a token, a password or a client secret.',
  },
  webhook: {
    title: 'The webhook secret',
    name: 'webhook secret',
    intro: 'What the supplier signs its news with. Copy it from the supplier’s settings.',
  },
};

/** One of a supplier's secrets: it can be set and removed, never read. */
export function SecretPanel({
  supplier,
  name,
  disabled,
  onChange,
}: {
  supplier: Supplier;
  name: SecretName;
  /** While there are changes that the new state would sweep away. */
  disabled: boolean;
  onChange: () => void;
}) {
  const desk = useDesk();
  const notify = useNotify();
  const isAdmin = useIsAdmin();
  const [open, setOpen] = useState<'set' | 'remove'>();
  const words = SECRET_WORDS[name];
  const at = supplier.secrets[name];
  const verb = at ? 'Replace' : 'Set';
  const done = (message: string) => {
    notify(message, { type: 'success' });
    onChange();
  };
  return (
    <Panel
      title={words.title}
      intro={`${words.intro} It is kept apart, encrypted, and never shown again.`}
      action={
        isAdmin && (
          <Box sx={{ display: 'flex', gap: 1 }}>
            {at && (
              <Button color="error" disabled={disabled} onClick={() => setOpen('remove')}>
                Remove the {words.name}
              </Button>
            )}
            <Button variant="outlined" disabled={disabled} onClick={() => setOpen('set')}>
              {verb} the {words.name}
            </Button>
          </Box>
        )
      }
    >
      {at ? (
        <>
          Set <When at={at} />.
        </>
      ) : (
        'Not set.'
      )}
      {open === 'set' && (
        <FormDialog<{ value: string }>
          open
          title={`${verb} the ${words.name}`}
          intro={`${words.intro} A new one is used within a minute; tasks go on meanwhile.`}
          save={verb}
          defaultValues={{ value: '' }}
          validate={({ value }) => ({ value: value?.trim() ? undefined : `Paste the ${words.name}.` })}
          onSave={async ({ value }) => {
            await desk.putSupplierSecret(supplier.id, name, value.trim());
            done(`The ${words.name} is set.`);
          }}
          onClose={() => setOpen(undefined)}
        >
          <SecretField source="value" label="Secret" autoFocus helperText="Nobody can read it here again." />
        </FormDialog>
      )}
      <Confirm
        open={open === 'remove'}
        title={`Remove the ${words.name}?`}
        confirm="Remove"
        onClose={() => setOpen(undefined)}
        onConfirm={async () => {
          await desk.deleteSupplierSecret(supplier.id, name);
          done(`The ${words.name} is removed.`);
        }}
      >
        {name === 'credential'
          ? 'The supplier will refuse our calls until another key is set. This cannot be taken back.'
          : 'The supplier’s news will be refused until another secret is set. This cannot be taken back.'}
      </Confirm>
    </Panel>
  );
}
