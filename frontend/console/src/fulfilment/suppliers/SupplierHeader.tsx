import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useGetOne } from 'react-admin';
import { NavLink, useParams } from 'react-router-dom';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Status } from '../../parts/Status';
import { Waiting } from '../../parts/Waiting';
import { CircuitChip } from '../parts/CircuitChip';
import type { Supplier } from '../types';
import { SUPPLIER_STATES } from '../words';
import { StatusActions } from './StatusActions';

export const BACK = { to: '/suppliers', label: 'Suppliers' };

const PAGES = [
  { end: '', name: 'Settings and connection' },
  { end: '/offers', name: 'Offers' },
  { end: '/health', name: 'Health' },
] as const;

export function supplierPath(id: string, end: (typeof PAGES)[number]['end'] = ''): string {
  return `/suppliers/${encodeURIComponent(id)}${end}`;
}

/** The ways between the pages of a supplier. */
function Pages({ id }: { id: string }) {
  return (
    <Box component="nav" aria-label="Pages of the supplier" sx={{ mb: 2.5 }}>
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexWrap: 'wrap', gap: 0.75 }}
      >
        {PAGES.map(({ end, name }) => (
          <li key={end}>
            <Box
              component={NavLink}
              to={supplierPath(id, end)}
              end
              sx={{
                display: 'block',
                px: 1.5,
                py: 0.75,
                border: 1,
                borderColor: 'divider',
                borderRadius: 1,
                color: 'text.primary',
                backgroundColor: 'background.paper',
                fontWeight: 600,
                textDecoration: 'none',
                '&:hover': { borderColor: 'strongLine' },
                '&[aria-current=page]': { borderColor: 'primary.main', backgroundColor: 'success.light' },
              }}
            >
              {name}
            </Box>
          </li>
        ))}
      </Box>
    </Box>
  );
}

/** Which supplier a page is about, how it stands, and what can be done to it. */
export function SupplierHeader({
  supplier,
  disabled = false,
  onChange,
}: {
  supplier: Supplier;
  /** While there are changes that the new state would sweep away. */
  disabled?: boolean;
  onChange: () => void;
}) {
  return (
    <>
      <PageHeader
        title={supplier.name}
        intro={SUPPLIER_STATES[supplier.status].hint}
        back={BACK}
        beside={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
            <Status of={supplier.status} />
            <CircuitChip circuit={supplier.circuit} />
          </Box>
        }
        actions={<StatusActions supplier={supplier} disabled={disabled} onChange={onChange} />}
      />
      <Pages id={supplier.id} />
    </>
  );
}

/** A page of a supplier beside its settings. */
export function SupplierPage({ children }: { children: (supplier: Supplier) => ReactNode }) {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<Supplier>('suppliers', { id });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  // A list's row may be at hand before the supplier itself is.
  if (!data || !('configuration' in data)) {
    return (
      <>
        <PageHeader title="Supplier" back={BACK} />
        <Waiting rows={8} />
      </>
    );
  }
  return (
    <>
      <SupplierHeader supplier={data} onChange={() => void refetch()} />
      {children(data)}
    </>
  );
}
