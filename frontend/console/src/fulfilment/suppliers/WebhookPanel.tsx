import Stack from '@mui/material/Stack';
import { useFormState } from 'react-hook-form';
import { Panel } from '../../parts/Panel';
import { Code } from '../parts/Code';
import type { Supplier } from '../types';
import { SecretPanel } from './SecretPanel';
import { WebhookFields } from './SettingsFields';

/** How the supplier tells us of its own accord. */
export function WebhookPanel({ supplier, onChange }: { supplier: Supplier; onChange: () => void }) {
  const { isDirty } = useFormState();
  return (
    <Stack spacing={2.5}>
      <Panel title="Where it sends its news" intro="Give the supplier this address.">
        <Code label="Address for webhooks">{`${window.location.origin}${supplier.webhookPath}`}</Code>
      </Panel>
      <Panel
        title="How it signs them"
        intro="Without webhooks nothing is lost: the desk asks the supplier anyway, only later."
      >
        <WebhookFields />
      </Panel>
      <SecretPanel supplier={supplier} name="webhook" disabled={isDirty} onChange={onChange} />
    </Stack>
  );
}
