import AddIcon from '@mui/icons-material/Add';
import CompareIcon from '@mui/icons-material/BarChart';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ListBase, SimpleList } from 'react-admin';
import { Link } from 'react-router-dom';
import { useIsAdmin } from '../../auth/useUser';
import { PAGE_SIZE } from '../../data/provider';
import { DataRows } from '../../parts/DataRows';
import { Empty } from '../../parts/Empty';
import { ListBody, useIsPhone } from '../../parts/ListParts';
import { PageHeader } from '../../parts/PageHeader';
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
          <Box>
            <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{row.name}</Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 0.5 }}>
              <Status of={row.status} />
              <CircuitChip circuit={row.circuit} />
            </Box>
          </Box>
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
    <Button
      component={Link}
      to="/suppliers/create"
      variant="contained"
      color="secondary"
      startIcon={<AddIcon />}
    >
      Add a supplier
    </Button>
  );
  return (
    <ListBase perPage={PAGE_SIZE} storeKey={false} exporter={false}>
      <PageHeader
        title="Suppliers"
        intro="Those who send what customers buy. Routing gives each order to the suppliers that offer its goods."
        actions={
          <>
            <Button component={Link} to="/supplier-comparison" variant="outlined" startIcon={<CompareIcon />}>
              Compare
            </Button>
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
    </ListBase>
  );
}
