import type { Liveness } from '@ironmonger/realtime/react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { ShowBase, useNotify, useShowContext } from 'react-admin';
import { useParams } from 'react-router-dom';
import { useDesk } from '../../data/useDesk';
import { LiveMark } from '../../live/LiveMark';
import { useLive } from '../../live/useLive';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { Waiting } from '../../parts/Waiting';
import { When } from '../../parts/When';
import { orderPath } from '../orders/paths';
import { DeedDialog, type DeedProps, WordsField } from '../parts/DeedDialog';
import { QuantityFields, TrackingFields } from '../parts/ParcelFields';
import { type ParcelValues, parcelItems, quantityMessages, trackingOf, wholeParcel } from '../parts/parcel';
import { supplierPath } from '../suppliers/SupplierHeader';
import type { Parcel, TaskDetail } from '../types';
import { Attempts, Reasons, TaskFacts, TaskItems } from './TaskParts';
import { itemsLine, TASK_STATES } from './words';

const BACK = { to: '/tasks', label: 'Tasks' };

function CompleteDialog({ task, ...deed }: DeedProps & { task: TaskDetail }) {
  const desk = useDesk();
  return (
    <DeedDialog<ParcelValues, Parcel>
      {...deed}
      title="Sent"
      intro="What you leave behind is given to another supplier."
      save="It is sent"
      defaultValues={wholeParcel(task.items)}
      validate={({ quantities }) => ({ quantities: quantityMessages(task.items, quantities) })}
      request={(values) => ({ ...trackingOf(values), items: parcelItems(task.items, values.quantities) })}
      send={(parcel, key) => desk.completeTask(task.id, parcel, key)}
    >
      <QuantityFields items={task.items} />
      <TrackingFields />
    </DeedDialog>
  );
}

function RefuseDialog({ task, ...deed }: DeedProps & { task: TaskDetail }) {
  const desk = useDesk();
  return (
    <DeedDialog<{ reason: string }, string>
      {...deed}
      title="Refuse this task?"
      intro="It is given to another supplier, if there is one; else the order needs attention. This cannot be taken back."
      save="Refuse it"
      defaultValues={{ reason: '' }}
      validate={({ reason }) => ({ reason: reason?.trim() ? undefined : 'Say why.' })}
      request={({ reason }) => reason.trim()}
      send={(reason, key) => desk.refuseTask(task.id, reason, key)}
    >
      <WordsField source="reason" label="Reason" />
    </DeedDialog>
  );
}

function Content({ liveness }: { liveness: Liveness }) {
  const { record: task, error, isPending, refetch } = useShowContext<TaskDetail>();
  const notify = useNotify();
  const [open, setOpen] = useState<'complete' | 'refuse'>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  // A list's row may be at hand before the task itself is.
  if (isPending || !task || !task.history) {
    return (
      <>
        <PageHeader title="Task" back={BACK} />
        <Waiting rows={8} />
      </>
    );
  }
  const close = () => setOpen(undefined);
  const done = (message: string) => () => {
    notify(message, { type: 'success' });
    void refetch();
  };
  const state = TASK_STATES[task.status];
  return (
    <>
      <PageHeader
        title={itemsLine(task.items)}
        back={BACK}
        beside={
          <>
            <Status of={task.status} label={state?.name ?? task.status} />
            <LiveMark liveness={liveness} />
          </>
        }
        intro={
          <>
            For <RowLink to={orderPath(task.orderId)}>{task.orderNumber ?? 'the order'}</RowLink>, by{' '}
            <RowLink to={supplierPath(task.supplierId)}>{task.supplierName}</RowLink>,{' '}
            <When at={task.createdAt} exact />. {state?.hint}
          </>
        }
        actions={
          <>
            {task.actions.includes('refuse') && (
              <Button variant="outlined" color="error" onClick={() => setOpen('refuse')}>
                Refuse
              </Button>
            )}
            {task.actions.includes('complete') && (
              <Button variant="contained" color="secondary" onClick={() => setOpen('complete')}>
                Sent
              </Button>
            )}
          </>
        }
      />
      <Stack spacing={2.5}>
        {task.reason && <Alert severity="warning">{task.reason}</Alert>}
        {task.inDoubt && (
          <Alert severity="warning">
            The supplier may have this task or not: it is looked up there before it is placed again.
          </Alert>
        )}
        {task.unknownState && (
          <Alert severity="warning">
            The supplier calls its state “{task.unknownState}”, which its configuration does not know.
          </Alert>
        )}
        <Panel title="What it is about" flush>
          <TaskItems items={task.items} />
        </Panel>
        <Panel title="How it stands">
          <TaskFacts task={task} />
        </Panel>
        <Panel title="Why this supplier">
          <Reasons task={task} />
        </Panel>
        <Panel title="What was tried">
          <Attempts attempts={task.history} />
        </Panel>
      </Stack>
      {open === 'complete' && (
        <CompleteDialog task={task} onDone={done('The task is completed.')} onClose={close} />
      )}
      {open === 'refuse' && (
        <RefuseDialog task={task} onDone={done('The task is refused.')} onClose={close} />
      )}
    </>
  );
}

/** All about a task. */
export function TaskPage() {
  const { id } = useParams();
  // The supplier goes on meanwhile: the page follows.
  const { liveness, everyMs } = useLive(['tasks'], ['tasks', 'getOne'], {
    matters: ({ taskId }) => taskId === id,
  });
  return (
    <ShowBase queryOptions={{ refetchInterval: everyMs }}>
      <Content liveness={liveness} />
    </ShowBase>
  );
}
