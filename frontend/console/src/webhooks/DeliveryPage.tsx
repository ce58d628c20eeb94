import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { useDesk } from '../data/useDesk';
import { orderPath } from '../fulfilment/orders/paths';
import { taskPath } from '../fulfilment/tasks/paths';
import { Fact, Facts } from '../parts/Facts';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { AttemptResult } from './AttemptResult';
import { webhookPath } from './paths';
import type { DeliveryDetail } from './types';
import { DELIVERIES, useReplay } from './useReplay';
import { attemptsWords, DELIVERY_STATES } from './words';

/** How often the page looks, in milliseconds, while something is about to happen, and else. */
const WAITING_MS = 3_000;
const RESTING_MS = 30_000;

function About({ delivery }: { delivery: DeliveryDetail }) {
  const { eventId, orderId, taskId, happenedAt, attempts, nextAttemptAt, traceId } = delivery;
  return (
    <Facts>
      <Fact label="Happened">
        <When at={happenedAt} exact />
      </Fact>
      {orderId && (
        <Fact label="Order">
          <RowLink to={orderPath(orderId)}>{orderId}</RowLink>
        </Fact>
      )}
      {taskId && (
        <Fact label="Task">
          <RowLink to={taskPath(taskId)}>{taskId}</RowLink>
        </Fact>
      )}
      <Fact label="Tried">{attemptsWords(attempts)}</Fact>
      {nextAttemptAt && (
        <Fact label="Tried next">
          <When at={nextAttemptAt} exact />
        </Fact>
      )}
      <Fact label="Event id">{eventId}</Fact>
      {traceId && <Fact label="Trace">{traceId}</Fact>}
    </Facts>
  );
}

function History({ history }: { history: DeliveryDetail['history'] }) {
  if (history.length === 0) return <Box sx={{ color: 'text.secondary' }}>It was not tried yet.</Box>;
  return (
    <Stack component="ol" spacing={2.5} sx={{ listStyle: 'none', m: 0, p: 0 }} aria-label="Attempts">
      {history.map((attempt) => (
        <Box component="li" key={`${attempt.at} ${attempt.number}`}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline', mb: 0.75 }}>
            <Box sx={{ fontWeight: 700 }}>Attempt {attempt.number}</Box>
            <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
              <When at={attempt.at} exact />
            </Box>
          </Box>
          <AttemptResult attempt={attempt} label={`Answer to attempt ${attempt.number}`} />
        </Box>
      ))}
    </Stack>
  );
}

/** An event on its way to a webhook: each attempt, and what was answered. */
export function DeliveryPage() {
  const { id = '', deliveryId = '' } = useParams();
  const desk = useDesk();
  const { busy, replay } = useReplay(id);
  const [wasReplayed, setReplayed] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [DELIVERIES, id, deliveryId],
    queryFn: ({ signal }) => desk.getDelivery(id, deliveryId, signal),
    refetchInterval: ({ state }) =>
      wasReplayed || state.data?.state === 'pending' ? WAITING_MS : RESTING_MS,
  });
  const back = { to: webhookPath(id), label: 'Webhook' };
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) {
    return (
      <>
        <PageHeader title="Delivery" back={back} />
        <Waiting rows={6} />
      </>
    );
  }
  const { of, name, hint } = DELIVERY_STATES[data.state];
  return (
    <>
      <PageHeader
        title={data.type}
        back={back}
        beside={<Status of={of} label={name} />}
        actions={
          data.state !== 'pending' && (
            <Button
              variant="contained"
              color="secondary"
              loading={busy !== undefined}
              onClick={() => {
                setReplayed(true);
                void replay(deliveryId);
              }}
            >
              Send again
            </Button>
          )
        }
      />
      <Stack spacing={2.5}>
        <Alert role="note" severity={data.state === 'failed' ? 'warning' : 'info'}>
          {hint}
        </Alert>
        <Panel title="What it tells">
          <About delivery={data} />
        </Panel>
        <Panel title="What was tried" intro="The latest first. Secrets are masked in answers.">
          <History history={data.history} />
        </Panel>
      </Stack>
    </>
  );
}
