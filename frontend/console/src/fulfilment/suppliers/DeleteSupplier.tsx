import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import { useIsAdmin } from '../../auth/useUser';
import { FormDialog } from '../../parts/FormDialog';
import { TextControl } from '../../parts/TextControl';
import type { Supplier } from '../types';
import { count } from '../words';

/** Deletes a supplier that is paused, once its name was typed. The API refuses while it has open tasks. */
export function DeleteSupplier({
  supplier: { id, name, openTasks },
  disabled,
}: {
  supplier: Supplier;
  /** While there are changes that would be lost. */
  disabled: boolean;
}) {
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const redirect = useRedirect();
  const client = useQueryClient();
  const isAdmin = useIsAdmin();
  const [open, setOpen] = useState(false);
  if (!isAdmin) return null;
  const waits = openTasks > 0 ? ` Its ${count(openTasks, 'open task')} must end first.` : '';
  return (
    <>
      <Button variant="outlined" color="error" disabled={disabled} onClick={() => setOpen(true)}>
        Delete
      </Button>
      {open && (
        <FormDialog<{ typed: string }>
          open
          title={`Delete “${name}”?`}
          intro={`Its offers, its secrets and the record of its health go with it; its tasks stay, with its name.${waits} This cannot be taken back.`}
          save="Delete"
          defaultValues={{ typed: '' }}
          validate={({ typed }) => ({
            typed: typed?.trim() === name.trim() ? undefined : `Type “${name}”, if you are sure.`,
          })}
          onSave={async () => {
            await dataProvider.delete('suppliers', { id });
            notify(`“${name}” is deleted.`, { type: 'success' });
            redirect('list', 'suppliers');
            await client.invalidateQueries({ queryKey: ['suppliers', 'getList'] });
          }}
          onClose={() => setOpen(false)}
        >
          <TextControl source="typed" label="Its name" required autoFocus />
        </FormDialog>
      )}
    </>
  );
}
