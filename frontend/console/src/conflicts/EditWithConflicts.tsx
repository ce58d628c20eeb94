import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { EditBase, type RaRecord, useEditContext, useNotify, useResourceContext } from 'react-admin';
import { notifyRefusal } from '../data/notifyRefusal';
import { ConflictDialog } from './ConflictDialog';
import { type Conflict, conflictOf, type Fields } from './conflict';

function Resolution<T extends RaRecord>({
  conflict,
  fields,
  onDone,
}: {
  conflict: Conflict<T>;
  fields: Fields<T>;
  onDone: () => void;
}) {
  const { save, refetch } = useEditContext<T>();
  return (
    <ConflictDialog
      conflict={conflict}
      fields={fields}
      onReload={async () => {
        await refetch();
        onDone();
      }}
      onTakeOver={async (merged) => {
        onDone();
        await save?.(merged);
      }}
      onClose={onDone}
    />
  );
}

/** Edits a record of a version: whoever comes second sees what the first made of it, and says what is kept. */
export function EditWithConflicts<T extends RaRecord>({
  nameOf,
  fields,
  children,
}: {
  nameOf: (record: T) => string;
  fields: Fields<T>;
  children: ReactNode;
}) {
  const notify = useNotify();
  const client = useQueryClient();
  const resource = useResourceContext();
  const [conflict, setConflict] = useState<Conflict<T>>();
  return (
    <EditBase
      mutationMode="pessimistic"
      redirect={false}
      mutationOptions={{
        onSuccess: (saved: T) => {
          // Lists have shorter rows, which react-admin would fill up with this record's fields.
          client.removeQueries({ queryKey: [resource, 'getList'] });
          notify(`“${nameOf(saved)}” is saved.`, { type: 'success' });
        },
        onError: (error: unknown, variables: unknown) => {
          const found = conflictOf<T>(error, variables);
          if (found) setConflict(found);
          else notifyRefusal(error, notify);
        },
      }}
    >
      {children}
      {conflict && <Resolution conflict={conflict} fields={fields} onDone={() => setConflict(undefined)} />}
    </EditBase>
  );
}
