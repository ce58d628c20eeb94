import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useDesk } from '../../data/useDesk';
import { FormDialog } from '../../parts/FormDialog';
import { TextControl } from '../../parts/TextControl';
import { SureField } from '../parts/ParcelFields';
import type { PacedChange, PacedDetail, PacedStatus } from './types';

/** The most characters of what an operator says about a change. */
const MAX_NOTE = 500;

interface Deed {
  to: PacedChange;
  button: string;
  title: (name: string) => string;
  /** What comes of it. */
  explain: string;
  done: (name: string) => string;
}

const PAUSE: Deed = {
  to: 'paused',
  button: 'Pause',
  title: (name) => `Pause “${name}”?`,
  explain:
    'Nothing is released until somebody resumes it. What is left then moves to later by the length of the pause.',
  done: (name) => `“${name}” is paused.`,
};

const RESUME: Deed = {
  to: 'running',
  button: 'Resume',
  title: (name) => `Resume “${name}”?`,
  explain:
    'What the pause held back is not released at once: all that is left moves to later by the length of the pause.',
  done: (name) => `“${name}” runs again.`,
};

const STOP: Deed = {
  to: 'stopped',
  button: 'Stop',
  title: (name) => `Stop “${name}” for good?`,
  explain:
    'Nothing more of it is released, and it cannot be resumed. The orders that it has become already go on.',
  done: (name) => `“${name}” is stopped.`,
};

/** What may be done to a paced order of a status. */
function deedsFor(status: PacedStatus): readonly Deed[] {
  switch (status) {
    case 'running':
      return [PAUSE, STOP];
    case 'paused':
      return [RESUME, STOP];
    case 'finished':
    case 'stopped':
      return [];
  }
}

function ChangeDialog({
  order,
  deed,
  onDone,
  onRefused,
  onClose,
}: {
  order: PacedDetail;
  deed: Deed;
  onDone: () => void;
  onRefused: () => void;
  onClose: () => void;
}) {
  const desk = useDesk();
  const isFinal = deed === STOP;
  return (
    <FormDialog<{ note: string; sure: boolean }>
      open
      title={deed.title(order.name)}
      intro={deed.explain}
      save={deed.button}
      defaultValues={{ note: '', sure: false }}
      validate={({ sure }) => ({ sure: isFinal && !sure ? 'Set the tick, if you are sure.' : undefined })}
      onSave={async ({ note }) => {
        try {
          await desk.setPacedStatus(order, deed.to, note?.trim() || null);
        } catch (error) {
          // An instalment may just have been released: the next attempt is made on what is there now.
          onRefused();
          throw error;
        }
        onDone();
      }}
      onClose={onClose}
    >
      <TextControl
        source="note"
        label="Why"
        max={MAX_NOTE}
        rows={2}
        autoFocus
        helperText="Shown with the paced order. You may leave it out."
      />
      {isFinal && <SureField label="Release nothing more of it" />}
    </FormDialog>
  );
}

/** Pauses, resumes and stops a paced order, after asking. */
export function PacedActions({ order, onChange }: { order: PacedDetail; onChange: () => void }) {
  const notify = useNotify();
  const [asked, setAsked] = useState<Deed>();
  return (
    <>
      {deedsFor(order.status).map((deed) => (
        <Button
          key={deed.to}
          variant={deed === RESUME ? 'contained' : 'outlined'}
          color={deed === STOP ? 'error' : deed === RESUME ? 'secondary' : 'primary'}
          onClick={() => setAsked(deed)}
        >
          {deed.button}
        </Button>
      ))}
      {asked && (
        <ChangeDialog
          order={order}
          deed={asked}
          onDone={() => {
            notify(asked.done(order.name), { type: 'success' });
            onChange();
          }}
          onRefused={onChange}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
