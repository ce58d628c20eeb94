import PauseIcon from '@mui/icons-material/PauseOutlined';
import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { pollUntil, TookTooLong } from '../lib/polling';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { ListRow } from '../parts/ListRow';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { ScheduleDialog } from './ScheduleDialog';
import { Soon } from './Soon';
import type { Schedule, ScheduleChange } from './types';
import { describeExpression, nameOf, OUTCOMES } from './words';

const KEY = ['schedules'];
const REFRESH_MS = 15_000;
/** A run by hand is asked after for as long as the shortest worker may take. */
const RUN_PACE = { everyMs: 1_000, atMostMs: 30_000 };

const small = { color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;

function LastRun({ schedule: { name, lastRun } }: { schedule: Schedule }) {
  if (!lastRun) return <Box sx={small}>It has not run in the last thirty days.</Box>;
  return (
    <Box sx={small}>
      Last run <When at={lastRun.startedAt} />: {lastRun.error ?? lastRun.summary}{' '}
      <RowLink to={`/runs?filter=${encodeURIComponent(JSON.stringify({ worker: name }))}`}>
        All runs of {nameOf(name).toLowerCase()}
      </RowLink>
    </Box>
  );
}

function Row({
  schedule,
  busy,
  onRun,
  onPause,
  onChange,
}: {
  schedule: Schedule;
  busy: boolean;
  onRun: () => void;
  onPause: () => void;
  onChange: () => void;
}) {
  const { name, description, expression, timezone, state, lastRun, nextRunAt } = schedule;
  const isPaused = state === 'paused';
  const title = nameOf(name);
  return (
    <ListRow>
      <Box sx={{ flex: '1 1 18rem', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
          <Box sx={{ fontWeight: 650 }}>{title}</Box>
          <Status of={isPaused ? 'paused' : 'active'} label={isPaused ? 'Paused' : 'Running'} />
          {lastRun?.outcome === 'failed' && <Status of="failed" label={`Last run ${OUTCOMES.failed}`} />}
        </Box>
        {description && <Box sx={{ mt: 0.25, fontSize: '0.9rem' }}>{description}</Box>}
        <Box sx={small}>
          {describeExpression(expression, timezone)}
          {nextRunAt && (
            <>
              {' · next '}
              <Soon at={nextRunAt} />
            </>
          )}
        </Box>
        <LastRun schedule={schedule} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          size="small"
          variant="outlined"
          startIcon={<RunIcon />}
          loading={busy}
          loadingPosition="start"
          aria-label={`Run now: ${title}`}
          onClick={onRun}
        >
          Run now
        </Button>
        <Button size="small" variant="outlined" aria-label={`Change: ${title}`} onClick={onChange}>
          Change
        </Button>
        <Button
          size="small"
          variant="outlined"
          startIcon={isPaused ? <RunIcon /> : <PauseIcon />}
          aria-label={`${isPaused ? 'Resume' : 'Pause'}: ${title}`}
          onClick={onPause}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      </Box>
    </ListRow>
  );
}

function Content({ schedules }: { schedules: readonly Schedule[] }) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const [running, setRunning] = useState<string>();
  const [changing, setChanging] = useState<Schedule>();
  const reload = () => client.invalidateQueries({ queryKey: KEY });

  const run = async ({ name }: Schedule) => {
    const title = nameOf(name);
    setRunning(name);
    try {
      const asked = await desk.runSchedule(name);
      const [ended] = await pollUntil(
        () => desk.findRuns(asked),
        (runs) => runs.length > 0,
        RUN_PACE,
      );
      if (ended?.outcome === 'failed') notify(`${title} failed: ${ended.error ?? ''}`, { type: 'error' });
      else notify(`${title}: ${ended?.summary ?? 'done'}`, { type: 'success' });
    } catch (error) {
      const isSlow = error instanceof TookTooLong;
      const message = isSlow ? `${title} is still at it. Look at its runs later.` : messageOf(error);
      notify(message, { type: isSlow ? 'info' : 'error' });
    } finally {
      setRunning(undefined);
      await reload();
    }
  };
  const change = async (schedule: Schedule, wanted: ScheduleChange) => {
    await desk.updateSchedule(schedule, wanted);
    await reload();
  };
  const pause = async (schedule: Schedule) => {
    const state = schedule.state === 'paused' ? 'enabled' : 'paused';
    const title = nameOf(schedule.name);
    try {
      await change(schedule, { state });
      notify(state === 'paused' ? `${title} is paused.` : `${title} runs again.`, { type: 'success' });
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
      await reload();
    }
  };
  return (
    <>
      <Card>
        <Box component="ul" aria-label="Schedules" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {schedules.map((schedule) => (
            <Row
              key={schedule.name}
              schedule={schedule}
              busy={running === schedule.name}
              onRun={() => void run(schedule)}
              onPause={() => void pause(schedule)}
              onChange={() => setChanging(schedule)}
            />
          ))}
        </Box>
      </Card>
      {changing && (
        <ScheduleDialog
          schedule={changing}
          onSave={async (expression) => {
            await change(changing, { expression });
            notify(`${nameOf(changing.name)} is changed.`, { type: 'success' });
          }}
          onClose={() => setChanging(undefined)}
        />
      )}
    </>
  );
}

/** What the shop does by the clock. */
export function SchedulesPage() {
  const desk = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => desk.listSchedules(signal),
    refetchInterval: REFRESH_MS,
  });
  const body = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting />;
    return data.length === 0 ? <Empty title="Nothing is scheduled" /> : <Content schedules={data} />;
  };
  return (
    <>
      <PageHeader
        title="Schedules"
        intro="What the shop does by the clock. What you change here stays until a deployment changes the schedule itself."
      />
      {body()}
    </>
  );
}
