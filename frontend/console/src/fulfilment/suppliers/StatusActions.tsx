import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useDesk } from '../../data/useDesk';
import { Confirm } from '../../parts/Confirm';
import type { Supplier, SupplierStatus } from '../types';
import { count } from '../words';
import { DeleteSupplier } from './DeleteSupplier';

interface Deed {
  to: SupplierStatus;
  button: string;
  title: (name: string) => string;
  /** What comes of it. */
  explain: (openTasks: number) => string;
  done: (name: string) => string;
}

const tasks = (open: number) => count(open, 'open task');

const START: Deed = {
  to: 'active',
  button: 'Start',
  title: (name) => `Give work to “${name}”?`,
  explain: () => 'From now on it gets tasks for what it offers, as the routing rules say.',
  done: (name) => `“${name}” is active.`,
};

const DRAIN: Deed = {
  to: 'draining',
  button: 'Drain',
  title: (name) => `Drain “${name}”?`,
  explain: (open) =>
    `It gets no new tasks. The ${tasks(open)} that it has are placed and followed to their end; then it is paused.`,
  done: (name) => `“${name}” is being drained.`,
};

const PAUSE: Deed = {
  to: 'paused',
  button: 'Pause',
  title: (name) => `Pause “${name}”?`,
  explain: (open) =>
    `Nothing more is placed with it, not even what is planned. Of its ${tasks(open)}, those that were placed are followed to their end.`,
  done: (name) => `“${name}” is paused.`,
};

/** What may be done to a supplier of a status. */
function deedsFor(status: SupplierStatus): readonly Deed[] {
  switch (status) {
    case 'active':
      return [DRAIN, PAUSE];
    case 'draining':
      return [PAUSE, START];
    case 'paused':
      return [START];
  }
}

/** Starts, drains and pauses a supplier, after asking. */
export function StatusActions({
  supplier,
  disabled,
  onChange,
}: {
  supplier: Supplier;
  /** While there are changes that the new state would sweep away. */
  disabled: boolean;
  onChange: () => void;
}) {
  const desk = useDesk();
  const notify = useNotify();
  const [asked, setAsked] = useState<Deed>();
  return (
    <>
      {deedsFor(supplier.status).map((deed) => (
        <Button
          key={deed.to}
          variant={deed.to === 'active' ? 'contained' : 'outlined'}
          color={deed.to === 'active' ? 'secondary' : 'primary'}
          disabled={disabled}
          onClick={() => setAsked(deed)}
        >
          {deed.button}
        </Button>
      ))}
      <Confirm
        open={asked !== undefined}
        harmless={asked?.to === 'active'}
        title={asked?.title(supplier.name) ?? ''}
        confirm={asked?.button ?? ''}
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (!asked) return;
          await desk.setSupplierStatus(supplier.id, asked.to);
          notify(asked.done(supplier.name), { type: 'success' });
          onChange();
        }}
      >
        {asked?.explain(supplier.openTasks)}
      </Confirm>
      {supplier.status === 'paused' && <DeleteSupplier supplier={supplier} disabled={disabled} />}
    </>
  );
}
