import { formatMoney } from '@ironmonger/api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { roughDuration } from '../../lib/duration';
import { RowLink } from '../../parts/RowLink';
import { Disclosure } from '../parts/Disclosure';
import { supplierPath } from '../suppliers/SupplierHeader';
import type { Assignment, Simulation, Unroutable } from '../types';
import { count, refusalWords } from '../words';
import { WhyTable } from './WhyTable';

function Part({ assignment }: { assignment: Assignment }) {
  const { supplierId, supplierName, items, cost, startsInSeconds, leadTimeSeconds, why } = assignment;
  const lead = roughDuration(leadTimeSeconds);
  const start =
    startsInSeconds > 0
      ? `Starts in ${roughDuration(startsInSeconds)}, when the offer begins to hold, and ships ${lead} after that.`
      : `Ships within ${lead}.`;
  return (
    <Box component="li" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline' }}>
        <Box sx={{ flex: '1 1 10rem', minWidth: 0 }}>
          <RowLink to={supplierPath(supplierId)} sx={{ fontWeight: 700 }}>
            {supplierName}
          </RowLink>
        </Box>
        <Box sx={{ fontWeight: 700 }}>{formatMoney(cost)}</Box>
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>{start}</Box>
      <Box component="ul" sx={{ m: 0, my: 1, pl: 2.5 }}>
        {items.map(({ sku, quantity, code, unitCost }) => (
          <Box component="li" key={sku} sx={{ overflowWrap: 'anywhere' }}>
            {quantity} × {sku} (there {code}), {formatMoney(unitCost)} each
          </Box>
        ))}
      </Box>
      <Disclosure summary="Why this supplier">
        <Stack spacing={2}>
          {why.map((one) => (
            <WhyTable key={one.sku} why={one} />
          ))}
        </Stack>
      </Disclosure>
    </Box>
  );
}

function Nowhere({ unroutable }: { unroutable: readonly Unroutable[] }) {
  return (
    <Alert severity="warning">
      <Box sx={{ fontWeight: 700 }}>Nobody could send this; the order would need attention:</Box>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {unroutable.map(({ sku, quantity, refusals }) => (
          <Box component="li" key={sku} sx={{ overflowWrap: 'anywhere' }}>
            {quantity} × {sku}
            {refusals.length === 0
              ? ': nobody offers it.'
              : `: ${refusals
                  .map(({ supplierName, refusal }) => `not ${supplierName}, for ${refusalWords(refusal)}`)
                  .join('; ')}.`}
          </Box>
        ))}
      </Box>
    </Alert>
  );
}

/** Where an order would go, and why. */
export function PlanView({ plan }: { plan: Simulation }) {
  const { assignments, unroutable, cost } = plan;
  return (
    <Stack spacing={2}>
      <Box role="status" sx={{ fontWeight: 600 }}>
        {assignments.length === 0
          ? 'It would go nowhere.'
          : `It would go to ${count(assignments.length, 'supplier')}, for ${formatMoney(cost)}.`}
      </Box>
      {unroutable.length > 0 && <Nowhere unroutable={unroutable} />}
      <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {assignments.map((assignment) => (
          <Part key={assignment.supplierId} assignment={assignment} />
        ))}
      </Stack>
    </Stack>
  );
}
