import Box from '@mui/material/Box';
import { SimpleList, useGetList } from 'react-admin';
import { PAGE_SIZE } from '../../data/provider';
import { LiveMark } from '../../live/LiveMark';
import { useLiveList } from '../../live/useLive';
import { DataRows } from '../../parts/DataRows';
import { Empty } from '../../parts/Empty';
import { type Choice, FilterBar, SelectFilter } from '../../parts/Filters';
import { CursorList, ListBody, useIsPhone } from '../../parts/ListParts';
import { PageHeader } from '../../parts/PageHeader';
import { PhoneRow } from '../../parts/PhoneRow';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { When } from '../../parts/When';
import { orderPath } from '../orders/paths';
import type { SupplierItem, TaskRow } from '../types';
import { taskPath } from './paths';
import { itemsLine, TASK_STATES } from './words';

/** Other tasks than those that are still to be done, and all of them. */
const STATES: readonly Choice[] = [
  { id: 'overdue', name: 'Overdue' },
  { id: 'completed', name: 'Completed' },
  { id: 'rejected', name: 'Rejected' },
  { id: 'failed', name: 'Failed' },
  { id: 'cancelled', name: 'Cancelled' },
  { id: 'all', name: 'All' },
];

function TaskStatusChip({ task }: { task: TaskRow }) {
  return <Status of={task.status} label={TASK_STATES[task.status]?.name ?? task.status} />;
}

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<TaskRow>
        rowClick={(id) => taskPath(String(id))}
        primaryText={(row) => (
          <PhoneRow title={itemsLine(row.items)}>
            <TaskStatusChip task={row} />
            {row.supplierName}
          </PhoneRow>
        )}
      />
    );
  }
  return (
    <DataRows<TaskRow>
      label="Tasks"
      columns={[
        { label: 'Task', render: (row) => <RowLink to={taskPath(row.id)}>{itemsLine(row.items)}</RowLink> },
        { label: 'Supplier', render: (row) => row.supplierName },
        { label: 'Status', render: (row) => <TaskStatusChip task={row} /> },
        {
          label: 'Order',
          render: (row) => <RowLink to={orderPath(row.orderId)}>{row.orderNumber ?? 'Order'}</RowLink>,
        },
        { label: 'Since', render: (row) => <When at={row.createdAt} /> },
        {
          label: 'What was last said',
          render: (row) => (
            <Box sx={{ overflowWrap: 'anywhere', maxWidth: '24rem' }}>{row.reason ?? '–'}</Box>
          ),
        },
      ]}
    />
  );
}

function Filters() {
  const { data = [] } = useGetList<SupplierItem>('suppliers', {
    pagination: { page: 1, perPage: PAGE_SIZE },
  });
  return (
    <FilterBar>
      <SelectFilter source="status" label="Status" choices={STATES} all="Open" />
      <SelectFilter
        source="supplier"
        label="Supplier"
        choices={data.map(({ id, name }) => ({ id, name }))}
        all="All suppliers"
      />
    </FilterBar>
  );
}

/** What suppliers were asked to send. */
export function TaskList() {
  const { liveness, everyMs } = useLiveList(['tasks']);
  return (
    <CursorList everyMs={everyMs}>
      <PageHeader
        title="Tasks"
        beside={<LiveMark liveness={liveness} />}
        intro="What each supplier is to send for an order. The desk places them, asks how they stand, and asks another supplier where one does not deliver."
      />
      <ListBody
        filters={<Filters />}
        empty={<Empty title="No open tasks">Everything that was ordered is sent.</Empty>}
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
