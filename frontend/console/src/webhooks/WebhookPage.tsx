import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { ShowBase, useShowContext } from 'react-admin';
import { HistoryTab } from '../audit/HistoryTab';
import { Fact, Facts } from '../parts/Facts';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { Deliveries } from './Deliveries';
import { WEBHOOKS } from './paths';
import { TestPanel } from './TestPanel';
import type { Webhook } from './types';
import { WebhookActions } from './WebhookActions';
import { WebhookStatusChip } from './WebhookList';
import { nameOfWebhook, pauseWords } from './words';

const BACK = { to: WEBHOOKS, label: 'Webhooks' };

/** Deliveries go on meanwhile: the page follows. */
const REFRESH_MS = 15_000;

/** What is to be known at once. */
function Notes({ webhook }: { webhook: Webhook }) {
  const { pause, status, failingSince, lastFailure, previousSecretUntil } = webhook;
  const isOld = previousSecretUntil !== null && Date.parse(previousSecretUntil) > Date.now();
  return (
    <>
      {status === 'paused' && pause && (
        <Alert severity={pause.reason === 'byHand' ? 'info' : 'warning'}>
          <Box sx={{ fontWeight: 700 }}>
            Paused{pause.by && ` by ${pause.by}`}, <When at={pause.at} />
          </Box>
          {pauseWords(pause).map((words) => (
            <Box key={words}>{words}</Box>
          ))}
          Nothing is sent until somebody resumes it.
        </Alert>
      )}
      {status === 'active' && failingSince !== null && (
        <Alert severity="warning" sx={{ overflowWrap: 'anywhere' }}>
          <Box sx={{ fontWeight: 700 }}>
            Nothing has arrived since <When at={failingSince} exact />
          </Box>
          {lastFailure && `Last: ${lastFailure}. `}After three days without a delivery it is paused.
        </Alert>
      )}
      {isOld && (
        <Alert severity="info">
          The secret before the present one signs too until <When at={previousSecretUntil} exact />.
        </Alert>
      )}
    </>
  );
}

function About({ webhook }: { webhook: Webhook }) {
  const { url, types, lastSuccessAt, lastFailureAt, createdAt, createdBy } = webhook;
  return (
    <Stack spacing={2}>
      <Facts>
        <Fact label="Address">{url}</Fact>
        <Fact label="Last delivered">{lastSuccessAt ? <When at={lastSuccessAt} /> : 'Never'}</Fact>
        <Fact label="Last failure">{lastFailureAt ? <When at={lastFailureAt} /> : 'Never'}</Fact>
        <Fact label="Added">
          <When at={createdAt} exact /> by {createdBy}
        </Fact>
      </Facts>
      <Box
        component="ul"
        aria-label="Events"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexWrap: 'wrap', gap: 0.75 }}
      >
        {types.map((type) => (
          <li key={type}>
            <Chip size="small" variant="outlined" label={type} />
          </li>
        ))}
      </Box>
    </Stack>
  );
}

function Content() {
  const { record: webhook, error, isPending, refetch } = useShowContext<Webhook>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending || !webhook) {
    return (
      <>
        <PageHeader title="Webhook" back={BACK} />
        <Waiting rows={8} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={nameOfWebhook(webhook)}
        back={BACK}
        beside={<WebhookStatusChip webhook={webhook} />}
        actions={<WebhookActions webhook={webhook} onChange={() => void refetch()} />}
      />
      <Stack spacing={2.5}>
        <Notes webhook={webhook} />
        <Panel title="Where, and what it hears of">
          <About webhook={webhook} />
        </Panel>
        <TestPanel webhookId={webhook.id} />
        <Deliveries webhook={webhook} />
        <Panel title="History" flush>
          <HistoryTab kind="webhook" id={webhook.id} />
        </Panel>
      </Stack>
    </>
  );
}

/** All about a webhook. */
export function WebhookPage() {
  return (
    <ShowBase queryOptions={{ refetchInterval: REFRESH_MS }}>
      <Content />
    </ShowBase>
  );
}
