import { addressLines, formatMoney } from '@ironmonger/api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { useDesk } from '../../data/useDesk';
import { LiveMark } from '../../live/LiveMark';
import { useLive } from '../../live/useLive';
import { Empty } from '../../parts/Empty';
import { Fact, Facts } from '../../parts/Facts';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { Waiting } from '../../parts/Waiting';
import { When } from '../../parts/When';
import { Disclosure } from '../parts/Disclosure';
import { taskPath } from '../tasks/paths';
import { Attempts, Reasons } from '../tasks/TaskParts';
import { isOver, itemsLine, TASK_STATES } from '../tasks/words';
import type { DeskOrder, TaskDetail } from '../types';
import { OrderActions } from './OrderActions';
import { Cancellation, Lines, Shipments, Unassigned } from './OrderParts';

const BACK = { to: '/attention', label: 'Needs attention' };

function Task({ task }: { task: TaskDetail }) {
  return (
    <Box
      component="li"
      sx={{ py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { border: 0 } }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 0.5 }}>
        <RowLink to={taskPath(task.id)} sx={{ fontWeight: 700 }}>
          {task.supplierName}: {itemsLine(task.items)}
        </RowLink>
        <Status of={task.status} label={TASK_STATES[task.status]?.name ?? task.status} />
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          <When at={task.createdAt} />
        </Box>
      </Box>
      {task.reason && <Box sx={{ mb: 1, overflowWrap: 'anywhere' }}>{task.reason}</Box>}
      <Stack spacing={1}>
        <Disclosure summary="What was tried">
          <Attempts attempts={task.history} />
        </Disclosure>
        <Disclosure summary="Why this supplier">
          <Reasons task={task} />
        </Disclosure>
      </Stack>
    </Box>
  );
}

function Tasks({ tasks }: { tasks: readonly TaskDetail[] }) {
  if (tasks.length === 0) return <Empty title="No tasks">No supplier was asked to send anything.</Empty>;
  // What is still going on stands first.
  const sorted = [...tasks].sort((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)));
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {sorted.map((task) => (
        <Task key={task.id} task={task} />
      ))}
    </Box>
  );
}

function Customer({ order }: { order: DeskOrder }) {
  return (
    <Facts>
      {order.partner && (
        <Fact label="Ordered by partner">
          {order.partner.name ?? order.partner.id}, as {order.partner.reference}
        </Fact>
      )}
      <Fact label="Email">{order.email}</Fact>
      <Fact label="Ships to">{addressLines(order.shippingAddress).join(', ')}</Fact>
      <Fact label="Total">{formatMoney(order.total)}</Fact>
      <Fact label="Ordered">
        <When at={order.createdAt} exact />
      </Fact>
    </Facts>
  );
}

/** All that one needs to decide about an order, on one page. */
export function DeskOrderPage() {
  const { id = '' } = useParams();
  const desk = useDesk();
  const queryKey = ['desk-order', id];
  // Suppliers and the desk go on meanwhile: the page follows.
  const { liveness, everyMs } = useLive(['orders', 'tasks'], queryKey, {
    matters: ({ orderId }) => orderId === id,
  });
  const { data, error, isPending, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => desk.getDeskOrder(id, signal),
    refetchInterval: everyMs,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) {
    return (
      <>
        <PageHeader title="Order" back={BACK} />
        <Waiting rows={8} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={`Order ${data.number}`}
        back={BACK}
        beside={
          <>
            <Status of={data.status} />
            <LiveMark liveness={liveness} />
          </>
        }
        actions={<OrderActions order={data} onChange={() => void refetch()} />}
      />
      <Stack spacing={2.5}>
        {data.attention && (
          <Alert severity="warning">
            <Box sx={{ fontWeight: 700 }}>Why it needs attention</Box>
            {data.attention}
          </Alert>
        )}
        {data.cancellation && (
          <Panel title="Cancellation">
            <Cancellation cancellation={data.cancellation} />
          </Panel>
        )}
        {data.unassigned.length > 0 && (
          <Panel title="What nobody sends" intro="And who could, by their offers.">
            <Unassigned lines={data.unassigned} />
          </Panel>
        )}
        <Panel title="Lines" flush>
          <Lines lines={data.lines} />
        </Panel>
        <Panel title="Tasks">
          <Tasks tasks={data.tasks} />
        </Panel>
        <Panel title="Shipments">
          <Shipments shipments={data.shipments} />
        </Panel>
        <Panel title="Customer">
          <Customer order={data} />
        </Panel>
      </Stack>
    </>
  );
}
