import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import { SimpleList } from 'react-admin';
import { DataRows } from '../parts/DataRows';
import { Empty } from '../parts/Empty';
import { LinkButton } from '../parts/LinkButton';
import { CursorList, ListBody, useIsPhone } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { PhoneRow } from '../parts/PhoneRow';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { WEBHOOKS, webhookPath } from './paths';
import type { Webhook } from './types';
import { nameOfWebhook, typesWords, webhookState } from './words';

/** How often the list is read anew, in milliseconds: deliveries go on meanwhile. */
const REFRESH_MS = 30_000;

/** How it goes with a webhook. */
export function WebhookStatusChip({ webhook }: { webhook: Webhook }) {
  const [of, label] = webhookState(webhook);
  return <Status of={of} label={label} />;
}

const small = { color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<Webhook>
        rowClick={(id) => webhookPath(String(id))}
        primaryText={(webhook) => (
          <PhoneRow title={nameOfWebhook(webhook)}>
            <WebhookStatusChip webhook={webhook} />
            {webhook.host}
          </PhoneRow>
        )}
      />
    );
  }
  return (
    <DataRows<Webhook>
      label="Webhooks"
      columns={[
        {
          label: 'Webhook',
          render: (webhook) => (
            <>
              <RowLink to={webhookPath(webhook.id)}>{nameOfWebhook(webhook)}</RowLink>
              <Box sx={small}>{webhook.url}</Box>
            </>
          ),
        },
        { label: 'State', render: (webhook) => <WebhookStatusChip webhook={webhook} /> },
        { label: 'Hears of', render: ({ types }) => typesWords(types.length) },
        {
          label: 'Last delivered',
          render: ({ lastSuccessAt }) => (lastSuccessAt ? <When at={lastSuccessAt} /> : 'Never'),
        },
      ]}
    />
  );
}

/** The programs outside that hear of what happens here. */
export function WebhookList() {
  const add = (
    <LinkButton main to={`${WEBHOOKS}/create`} icon={<AddIcon />}>
      Add a webhook
    </LinkButton>
  );
  return (
    <CursorList everyMs={REFRESH_MS}>
      <PageHeader
        title="Webhooks"
        intro="Programs of yours and of others that hear of orders and tasks as they change: each event is sent until it has arrived."
        actions={add}
      />
      <ListBody
        empty={
          <Empty title="Nobody listens yet" action={add}>
            Add one for bookkeeping, for a warehouse, or for whatever is to know of each order.
          </Empty>
        }
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
