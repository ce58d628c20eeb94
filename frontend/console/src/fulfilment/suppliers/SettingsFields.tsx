import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useWatch } from 'react-hook-form';
import { MoneyInput } from '../../parts/MoneyInput';
import { Panel } from '../../parts/Panel';
import { TextControl } from '../../parts/TextControl';
import { SelectControl } from '../parts/controls';
import { pair } from '../parts/layout';
import type { Supplier } from '../types';
import { MAX_CONCURRENT, MAX_NAME, MAX_PER_MINUTE, MAX_PRIORITY, MAX_WEIGHT } from './form';

export function NameField({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <TextControl
      source="name"
      label="Name"
      max={MAX_NAME}
      required
      autoFocus={autoFocus}
      helperText="As customers read it: “sent by …”."
      placeholder="Northgate Fixings"
    />
  );
}

/** How much of the work the supplier gets. */
function ShareFields() {
  return (
    <Box sx={pair}>
      <TextControl
        source="priority"
        label="Priority"
        numeric
        required
        helperText={`0 to ${MAX_PRIORITY}: the lower, the sooner it is asked where routing goes by priority.`}
      />
      <TextControl
        source="weight"
        label="Weight"
        numeric
        required
        helperText={`1 to ${MAX_WEIGHT}: its share where routing draws lots. 20 is drawn twice as often as 10.`}
      />
    </Box>
  );
}

function Used({ spent }: { spent: Supplier['spent'] }) {
  return (
    <Typography variant="body2" color="textSecondary">
      Reserved or spent so far: {formatMoney(spent.day)} today, {formatMoney(spent.month)} this month (days
      and months of UTC).
    </Typography>
  );
}

/** What the supplier may cost and how fast it may be called. */
function LimitFields({ spent }: { spent?: Supplier['spent'] }) {
  return (
    <Stack spacing={2}>
      <Box sx={pair}>
        <MoneyInput
          source="budget.daily"
          label="Budget per day"
          helperText="Once it is spent, others get the work until tomorrow. Empty: no limit."
        />
        <MoneyInput source="budget.monthly" label="Budget per month" helperText="Empty: no limit." />
      </Box>
      {spent && <Used spent={spent} />}
      <Box sx={pair}>
        <TextControl
          source="limits.perMinute"
          label="Calls per minute"
          numeric
          helperText={`1 to ${MAX_PER_MINUTE}, by the supplier’s documentation. Empty: no limit.`}
        />
        <TextControl
          source="limits.concurrent"
          label="Calls at the same time"
          numeric
          helperText={`1 to ${MAX_CONCURRENT}. Empty: no limit.`}
        />
      </Box>
    </Stack>
  );
}

/** How to know that news is the supplier's. */
export function WebhookFields() {
  const kind: unknown = useWatch({ name: 'webhook.kind' });
  return (
    <Stack spacing={2}>
      <SelectControl
        source="webhook.kind"
        label="Signature"
        choices={[
          { id: 'none', name: 'It sends no webhooks: we ask it' },
          { id: 'standardWebhooks', name: 'Standard Webhooks (webhook-id, -timestamp, -signature)' },
          { id: 'hmac', name: 'A plain HMAC in a header' },
        ]}
        helperText="How the supplier signs what it sends us. News whose signature is wrong is not read."
      />
      {kind === 'hmac' && (
        <>
          <Box sx={pair}>
            <TextControl source="webhook.header" label="Header of the signature" required />
            <TextControl
              source="webhook.prefix"
              label="Text before the signature"
              helperText="Such as sha256=, or nothing."
            />
          </Box>
          <Box sx={pair}>
            <SelectControl
              source="webhook.algorithm"
              label="Algorithm"
              choices={[
                { id: 'sha256', name: 'HMAC-SHA-256' },
                { id: 'sha512', name: 'HMAC-SHA-512' },
              ]}
            />
            <SelectControl
              source="webhook.encoding"
              label="Written as"
              choices={[
                { id: 'hex', name: 'Hexadecimal' },
                { id: 'base64', name: 'Base64' },
              ]}
            />
          </Box>
          <TextControl
            source="webhook.timestampHeader"
            label="Header of the time"
            helperText="Where the time is signed too; news older than 5 minutes is then refused. Empty: there is none."
          />
        </>
      )}
    </Stack>
  );
}

/** The settings of a supplier that have nothing to do with its API. */
export function SettingsPanels({ spent }: { spent?: Supplier['spent'] }) {
  return (
    <>
      <Panel title="Its share of the work" intro="Which supplier gets an order is up to the routing rules.">
        <ShareFields />
      </Panel>
      <Panel title="Its limits" intro="The amount of a task is reserved before the supplier is called.">
        <LimitFields {...(spent && { spent })} />
      </Panel>
    </>
  );
}
