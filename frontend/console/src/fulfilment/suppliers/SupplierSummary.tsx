import { formatMoney } from '@ironmonger/api';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { Fact, Facts } from '../../parts/Facts';
import { Panel } from '../../parts/Panel';
import { Code } from '../parts/Code';
import type { Supplier } from '../types';
import { showConfiguration } from './configuration';

/** A supplier's settings for those who may not change them. */
export function SettingsSummary({ supplier }: { supplier: Supplier }) {
  const { budget, limits, spent, webhook } = supplier;
  return (
    <Stack spacing={2.5}>
      <Alert severity="info">Only admins change these settings.</Alert>
      <Panel title="Settings">
        <Facts>
          <Fact label="Adapter">{supplier.adapter}</Fact>
          <Fact label="Priority">{supplier.priority}</Fact>
          <Fact label="Weight">{supplier.weight}</Fact>
          <Fact label="Budget per day">
            {budget.daily ? `${formatMoney(spent.day)} of ${formatMoney(budget.daily)}` : 'No limit'}
          </Fact>
          <Fact label="Budget per month">
            {budget.monthly ? `${formatMoney(spent.month)} of ${formatMoney(budget.monthly)}` : 'No limit'}
          </Fact>
          <Fact label="Calls per minute">{limits.perMinute ?? 'No limit'}</Fact>
          <Fact label="Calls at the same time">{limits.concurrent ?? 'No limit'}</Fact>
          <Fact label="Webhooks">{webhook?.kind ?? 'None'}</Fact>
        </Facts>
      </Panel>
    </Stack>
  );
}

/** A supplier's configuration for those who may not change it. */
export function ConfigurationSummary({ supplier }: { supplier: Supplier }) {
  return (
    <Panel title="Configuration" intro="Only admins change it.">
      <Code label="Configuration as JSON">{showConfiguration(supplier.configuration)}</Code>
    </Panel>
  );
}
