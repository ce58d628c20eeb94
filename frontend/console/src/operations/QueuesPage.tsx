import Box from '@mui/material/Box';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useDesk } from '../data/useDesk';
import { LiveMark } from '../live/LiveMark';
import { useLive } from '../live/useLive';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { labelCaps } from '../theme/colours';
import type { Letters, Queue } from './types';
import { age, nameOf, OUTCOMES } from './words';

/** How often the page asks where the figures are not sent, in milliseconds. */
const ASKING_MS = 10_000;

const KEY = ['queues'];

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Box component="dt" sx={{ ...labelCaps, color: 'text.secondary' }}>
        {label}
      </Box>
      <Box component="dd" sx={{ m: 0, fontWeight: 650, fontVariantNumeric: 'tabular-nums' }}>
        {children}
      </Box>
    </Box>
  );
}

const figures = {
  m: 0,
  display: 'grid',
  gap: 1.5,
  gridTemplateColumns: 'repeat(auto-fill, minmax(7rem, 1fr))',
};

function Work({ work }: { work: NonNullable<Queue['work']> }) {
  const { worker, waiting, inFlight, delayed, lastRun } = work;
  return (
    <>
      <Box component="dl" sx={figures}>
        <Figure label="Waiting">{waiting}</Figure>
        <Figure label="At work">{inFlight}</Figure>
        <Figure label="For later">{delayed}</Figure>
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', mt: 1, overflowWrap: 'anywhere' }}>
        {lastRun ? (
          <>
            {nameOf(worker)}, last <When at={lastRun.startedAt} />: {OUTCOMES[lastRun.outcome].toLowerCase()}
            {lastRun.waitedMs !== null && `, sent ${age(lastRun.waitedMs / 1000)} before`}.{' '}
          </>
        ) : (
          <>{nameOf(worker)} had nothing to do in the last thirty days. </>
        )}
        <RowLink to={`/runs?filter=${encodeURIComponent(JSON.stringify({ worker }))}`}>Runs</RowLink>
      </Box>
    </>
  );
}

function DeadLetters({ letters, dead }: { letters: Letters; dead: boolean }) {
  const { name, waiting, inFlight, oldestSeconds } = letters;
  const what = dead ? 'dead letters' : 'failures';
  const count = waiting + inFlight;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      {count === 0 ? (
        <Status of="done" label={`No ${what}`} />
      ) : (
        <Status of="failed" label={`${count} ${count === 1 ? what.slice(0, -1) : what}`} />
      )}
      {oldestSeconds !== null && count > 0 && (
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          the oldest {age(oldestSeconds)} old
        </Box>
      )}
      {count > 0 && (
        <RowLink to={`/queues/${encodeURIComponent(name)}`}>Look at the {nameOf(name).toLowerCase()}</RowLink>
      )}
    </Box>
  );
}

function QueueCard({ queue: { name, work, letters } }: { queue: Queue }) {
  return (
    <Panel title={nameOf(name)}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {work && <Work work={work} />}
        {letters && <DeadLetters letters={letters} dead={work !== null} />}
      </Box>
    </Panel>
  );
}

/** What waits to be done, and what was given up on. */
export function QueuesPage() {
  const desk = useDesk();
  const client = useQueryClient();
  const { liveness, everyMs } = useLive(['queues'], KEY, {
    askingMs: ASKING_MS,
    take: ({ queues }) => {
      if (!queues) return false;
      client.setQueryData(KEY, queues);
      return true;
    },
  });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => desk.listQueues(signal),
    refetchInterval: everyMs,
  });
  const body = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting />;
    if (data.length === 0) return <Empty title="There are no queues" />;
    return (
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 22rem), 1fr))',
        }}
      >
        {data.map((queue) => (
          <QueueCard key={queue.name} queue={queue} />
        ))}
      </Box>
    );
  };
  return (
    <>
      <PageHeader
        title="Queues"
        beside={<LiveMark liveness={liveness} />}
        intro="What waits to be done, and what was given up on after five attempts. The figures are SQS’s and lag by seconds."
      />
      {body()}
    </>
  );
}
