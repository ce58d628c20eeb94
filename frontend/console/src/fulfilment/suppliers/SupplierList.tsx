import AddIcon from '@mui/icons-material/Add';
import CompareIcon from '@mui/icons-material/BarChart';
import { SimpleList } from 'react-admin';
import { useIsAdmin } from '../../auth/useUser';
import { DataRows } from '../../parts/DataRows';
import { Empty } from '../../parts/Empty';
import { LinkButton } from '../../parts/LinkButton';
import { CursorList, ListBody, useIsPhone } from '../../parts/ListParts';
import { PageHeader } from '../../parts/PageHeader';
import { PhoneRow } from '../../parts/PhoneRow';
import { RowLink } from '../../parts/RowLink';
import { Status } from '../../parts/Status';
import { percent } from '../health/words';
import { CircuitChip } from '../parts/CircuitChip';
import { MAX_COUNTED_TASKS, type SupplierItem } from '../types';
import { count } from '../words';
import { supplierPath } from './SupplierHeader';

const tasks = (open: number) => (open >= MAX_COUNTED_TASKS ? `${MAX_COUNTED_TASKS} or more` : String(open));

function Rows() {
  if (useIsPhone()) {
    return (
      <SimpleList<SupplierItem>
        rowClick={(id) => supplierPath(String(id))}
        primaryText={(row) => (
          <PhoneRow title={row.name}>
            <Status of={row.status} />
            <CircuitChip circuit={row.circuit} />
          </PhoneRow>
        )}
      />
    );
  }
  return (
    <DataRows<SupplierItem>
      label="Suppliers"
      columns={[
        { label: 'Supplier', render: (row) => <RowLink to={supplierPath(row.id)}>{row.name}</RowLink> },
        { label: 'Adapter', render: (row) => row.adapter },
        { label: 'Status', render: (row) => <Status of={row.status} /> },
        { label: 'Connection', render: (row) => <CircuitChip circuit={row.circuit} /> },
        { label: 'Priority', align: 'right', render: (row) => row.priority },
        { label: 'Weight', align: 'right', render: (row) => row.weight },
        { label: 'Open tasks', align: 'right', render: (row) => tasks(row.openTasks) },
        {
          label: 'Last hour',
          align: 'right',
          render: ({ health }) =>
            health.calls === 0 ? '–' : `${percent(health.successRate)} of ${count(health.calls, 'call')}`,
        },
      ]}
    />
  );
}

/** Everybody who sends goods for the shop. */
export function SupplierList() {
  const add = useIsAdmin() && (
    <LinkButton to="/suppliers/create" icon={<AddIcon />} main>
      Add a supplier
    </LinkButton>
  );
  return (
    <CursorList>
      <PageHeader
        title="Suppliers"
        intro="Those who send what customers buy. Routing gives each order to the suppliers that offer its goods."
        actions={
          <>
            <LinkButton to="/supplier-comparison" icon={<CompareIcon />}>
              Compare
            </LinkButton>
            {add}
          </>
        }
      />
      <ListBody
        empty={
          <Empty title="No suppliers yet" action={add}>
            Add the first one: you need the address of its API, its key, and what it charges.
          </Empty>
        }
      >
        <Rows />
      </ListBody>
    </CursorList>
  );
}
