import EditIcon from '@mui/icons-material/EditOutlined';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import { useDesk } from '../data/useDesk';
import { fromLocalText, toLocalText } from '../lib/localTime';
import { Confirm } from '../parts/Confirm';
import { FormDialog } from '../parts/FormDialog';
import { LinkButton } from '../parts/LinkButton';
import { TextControl } from '../parts/TextControl';
import { TimeControl } from '../parts/TimeControl';
import { webhookEditPath } from './paths';
import { SecretDialog } from './SecretDialog';
import type { RenewedSecret, Webhook } from './types';
import { DELIVERIES } from './useReplay';
import { nameOfWebhook, recoveryWords } from './words';

/** The most characters of why a webhook is paused. */
const MAX_NOTE = 500;
const DAY_MS = 24 * 60 * 60_000;

interface DialogProps {
  webhook: Webhook;
  onChange: () => void;
  onClose: () => void;
}

function PauseDialog({ webhook, onChange, onClose }: DialogProps) {
  const desk = useDesk();
  const notify = useNotify();
  const name = nameOfWebhook(webhook);
  return (
    <FormDialog<{ note: string }>
      open
      title={`Pause “${name}”?`}
      intro="What happens meanwhile is held back; it can be sent once the webhook goes on."
      save="Pause"
      defaultValues={{ note: '' }}
      validate={() => ({})}
      onSave={async ({ note }) => {
        try {
          await desk.setWebhookStatus(webhook, 'paused', note?.trim() || null);
        } finally {
          // Where somebody else was quicker, the next attempt is made on what is there now.
          onChange();
        }
        notify(`“${name}” is paused.`, { type: 'success' });
      }}
      onClose={onClose}
    >
      <TextControl
        source="note"
        label="Why"
        max={MAX_NOTE}
        rows={2}
        autoFocus
        helperText="Shown with the webhook. You may leave it out."
      />
    </FormDialog>
  );
}

function ResumeConfirm({ webhook, onChange, onClose }: DialogProps) {
  const desk = useDesk();
  const notify = useNotify();
  const name = nameOfWebhook(webhook);
  return (
    <Confirm
      open
      title={`Resume “${name}”?`}
      confirm="Resume"
      harmless
      onClose={onClose}
      onConfirm={async () => {
        try {
          await desk.setWebhookStatus(webhook, 'active', null);
        } finally {
          onChange();
        }
        notify(`“${name}” goes on.`, { type: 'success' });
      }}
    >
      It hears of what happens from now on. What was held back meanwhile stays so, until you send it again.
    </Confirm>
  );
}

function RecoveryDialog({ webhook, onClose }: DialogProps) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const begin = webhook.pause?.at ?? webhook.failingSince ?? new Date(Date.now() - DAY_MS).toISOString();
  return (
    <FormDialog<{ since: string }>
      open
      title="Send again what did not arrive?"
      intro="All that failed or was held back since then is sent again, the oldest first. What arrived is not."
      save="Send again"
      defaultValues={{ since: toLocalText(new Date(begin)) }}
      validate={({ since }) => {
        const at = fromLocalText(since);
        if (at === undefined) return { since: 'Say since when.' };
        return { since: Date.parse(at) > Date.now() ? 'That is yet to come.' : undefined };
      }}
      onSave={async ({ since }) => {
        const recovery = await desk.recoverDeliveries(webhook.id, fromLocalText(since) ?? '');
        notify(recoveryWords(recovery), { type: recovery.deliveries > 0 ? 'success' : 'info' });
        await client.invalidateQueries({ queryKey: [DELIVERIES, webhook.id] });
      }}
      onClose={onClose}
    >
      <TimeControl
        source="since"
        label="Since"
        required
        helperText="In your own time zone, within the last thirty days."
      />
    </FormDialog>
  );
}

function DeleteConfirm({ webhook, onClose }: Pick<DialogProps, 'webhook' | 'onClose'>) {
  const dataProvider = useDataProvider();
  const client = useQueryClient();
  const notify = useNotify();
  const redirect = useRedirect();
  const name = nameOfWebhook(webhook);
  return (
    <Confirm
      open
      title={`Delete “${name}”?`}
      confirm="Delete"
      onClose={onClose}
      onConfirm={async () => {
        await dataProvider.delete('webhooks', { id: webhook.id, previousData: webhook });
        notify(`“${name}” is deleted.`, { type: 'success' });
        redirect('list', 'webhooks');
        await client.invalidateQueries({ queryKey: ['webhooks', 'getList'] });
      }}
    >
      Its secret and the record of its deliveries go with it, and what is on its way is not sent any more.
      This cannot be taken back.
    </Confirm>
  );
}

type Deed = 'pause' | 'resume' | 'secret' | 'recovery' | 'deletion';

/** What can be done with a webhook. */
export function WebhookActions({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const desk = useDesk();
  const [open, setOpen] = useState<Deed>();
  const [renewed, setRenewed] = useState<RenewedSecret>();
  const isPaused = webhook.status === 'paused';
  const close = () => setOpen(undefined);
  const dialog = { webhook, onChange, onClose: close };
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen('deletion')}>
        Delete
      </Button>
      <Button variant="outlined" onClick={() => setOpen('secret')}>
        Renew the secret
      </Button>
      <Button variant="outlined" disabled={isPaused} onClick={() => setOpen('recovery')}>
        Send again since…
      </Button>
      <LinkButton to={webhookEditPath(webhook.id)} icon={<EditIcon />}>
        Change
      </LinkButton>
      <Button
        variant={isPaused ? 'contained' : 'outlined'}
        color={isPaused ? 'secondary' : 'primary'}
        onClick={() => setOpen(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      {open === 'pause' && <PauseDialog {...dialog} />}
      {open === 'resume' && <ResumeConfirm {...dialog} />}
      {open === 'recovery' && <RecoveryDialog {...dialog} />}
      {open === 'deletion' && <DeleteConfirm webhook={webhook} onClose={close} />}
      <Confirm
        open={open === 'secret'}
        title="Renew the secret?"
        confirm="Renew"
        harmless
        onClose={close}
        onConfirm={async () => {
          setRenewed(await desk.renewWebhookSecret(webhook.id));
          onChange();
        }}
      >
        You are shown a new one, this once. The present one signs too for another day, so that the receiver
        has time to change over.
      </Confirm>
      {renewed && (
        <SecretDialog
          name={nameOfWebhook(webhook)}
          secret={renewed.secret}
          previousUntil={renewed.previousSecretUntil}
          onClose={() => setRenewed(undefined)}
        />
      )}
    </>
  );
}
