import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import { SimpleList } from 'react-admin';
import { Soon } from '../../operations/Soon';
import { DataRows } from '../../parts/DataRows';
import { Empty } from '../../parts/Empty';
import { FilterBar, TabsFilter } from '../../parts/Filters';
import { LinkButton } from '../../parts/LinkButton';
import { CursorList, ListBody, useIsPhone } from '../../parts/ListParts';
import { PageHeader } from '../../parts/PageHeader';
import { PhoneRow } from '../../parts/PhoneRow';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { When } from '../../parts/When';
import { PACED_ORDERS, pacedPath } from './paths';
import type { PacedRow, PacedStatus } from './types';
import { PACED_STATES, progressWords } from './words';

const STATES = (Object.keys(PACED_STATES) as PacedStatus[]).map((id) => ({
  id,
  name: PACED_STATES[id].name,
}));

/** A paced order's state, and whether its next instalment is late. */
export function PacedStatusChip({ order }: { order: Pick<PacedRow, 'status' | 'waiting'> }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', gap: 0.75 }}>
      <Status of={order.status} label={PACED_STATES[order.status].name} />
      {order.waiting !== null && <Status of="waiting" />}
    </Box>
  );
}

function Next({ row }: { row: PacedRow }) {
  if (row.status !== 'running' || row.nextAt === null) return '–';
  return row.waiting === null ? <Soon at={row.nextAt} /> : row.waiting;
}

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<PacedRow>
        rowClick={(id) => pacedPath(String(id))}
        primaryText={(row) => (
          <PhoneRow title={row.name}>
            <PacedStatusChip order={row} />
            {row.title ?? row.sku}: {progressWords(row)}
          </PhoneRow>
        )}
      />
    );
  }
  return (
    <DataRows<PacedRow>
      label="Paced orders"
      columns={[
        { label: 'Name', render: (row) => <RowLink to={pacedPath(row.id)}>{row.name}</RowLink> },
        { label: 'Product', render: (row) => row.title ?? row.sku },
        { label: 'Status', render: (row) => <PacedStatusChip order={row} /> },
        { label: 'Released', render: progressWords },
        {
          label: 'Next',
          render: (row) => (
            <Box sx={{ overflowWrap: 'anywhere', maxWidth: '18rem' }}>
              <Next row={row} />
            </Box>
          ),
        },
        { label: 'Made', render: (row) => <When at={row.createdAt} /> },
      ]}
    />
  );
}

/** Quantities that are released over time. */
export function PacedOrderList() {
  const add = (
    <LinkButton main to={`${PACED_ORDERS}/create`} icon={<AddIcon />}>
      New paced order
    </LinkButton>
  );
  return (
    <CursorList>
      <PageHeader
        title="Paced orders"
        intro="Quantities that are released over time, and subscriptions. Each instalment is an order like any other."
        actions={add}
      />
      <ListBody
        filters={
          <FilterBar>
            <TabsFilter source="status" label="Status" choices={STATES} all="All" />
          </FilterBar>
        }
        empty={
          <Empty title="No paced orders yet" action={add}>
            Make one for a customer who wants a hundred pieces over a month, or ten each week.
          </Empty>
        }
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
