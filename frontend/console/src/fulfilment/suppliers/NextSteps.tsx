import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import { Link } from 'react-router-dom';
import type { Supplier } from '../types';
import { supplierPath } from './SupplierHeader';

/** What is left to do before a supplier gets work. */
export function NextSteps({ supplier }: { supplier: Supplier }) {
  if (supplier.status !== 'paused') return null;
  const isManual = supplier.adapter === 'manual';
  return (
    <Alert severity="info" icon={false} sx={{ mb: 2.5 }}>
      <Box sx={{ fontWeight: 700 }}>This supplier is paused. Before it gets work:</Box>
      <Box component="ol" sx={{ m: 0, pl: 2.5 }}>
        {!isManual && (
          <li>
            <MuiLink component={Link} to={`${supplierPath(supplier.id)}?tab=connection`}>
              Test the connection
            </MuiLink>
            {supplier.secrets.credential === null && ', and set its key, if it wants one'}.
          </li>
        )}
        <li>
          <MuiLink component={Link} to={supplierPath(supplier.id, '/offers')}>
            Say what it offers
          </MuiLink>
          : which SKUs, at what cost.
        </li>
        <li>Start it, with the button at the top of this page.</li>
      </Box>
    </Alert>
  );
}
