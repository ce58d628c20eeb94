import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { roughDuration } from '../../lib/duration';
import { Fact, Facts } from '../../parts/Facts';
import { RowLink } from '../../parts/RowLink';
import { When } from '../../parts/When';
import { supplierPath } from '../suppliers/SupplierHeader';
import type { DeskOrderLine, DeskShipment, OrderCancellation, UnassignedLine } from '../types';
import { refusalWords } from '../words';

/** What was ordered, and how much of it was sent. */
export function Lines({ lines }: { lines: readonly DeskOrderLine[] }) {
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label="Lines">
        <TableHead>
          <TableRow>
            <TableCell>Product</TableCell>
            <TableCell align="right">Price</TableCell>
            <TableCell align="right">Ordered</TableCell>
            <TableCell align="right">Sent</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(({ sku, title, variantTitle, unitPrice, quantity, shipped }) => (
            <TableRow key={sku}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <Box sx={{ fontWeight: 600 }}>{variantTitle ? `${title}, ${variantTitle}` : title}</Box>
                <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{sku}</Box>
              </TableCell>
              <TableCell align="right">{formatMoney(unitPrice)}</TableCell>
              <TableCell align="right">{quantity}</TableCell>
              <TableCell align="right">{shipped}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** What nobody sends, and who could. */
export function Unassigned({ lines }: { lines: readonly UnassignedLine[] }) {
  return (
    <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {lines.map(({ sku, title, quantity, candidates }) => (
        <Box component="li" key={sku} sx={{ overflowWrap: 'anywhere' }}>
          <Box sx={{ fontWeight: 600 }}>
            {quantity} × {title ? `${title} (${sku})` : sku}
          </Box>
          {candidates.length === 0 ? (
            <Box>Nobody offers it.</Box>
          ) : (
            <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
              {candidates.map((candidate) => (
                <li key={candidate.supplierId}>
                  <RowLink to={supplierPath(candidate.supplierId)}>{candidate.supplierName}</RowLink>,{' '}
                  {formatMoney(candidate.cost)} each, ships in {roughDuration(candidate.leadTimeSeconds)}
                  {candidate.refusal && `; left out because ${refusalWords(candidate.refusal)}`}
                </li>
              ))}
            </Box>
          )}
        </Box>
      ))}
    </Stack>
  );
}

/** The parcels on their way to the customer. */
export function Shipments({ shipments }: { shipments: readonly DeskShipment[] }) {
  if (shipments.length === 0) return <Box sx={{ color: 'text.secondary' }}>Nothing was sent yet.</Box>;
  return (
    <Stack component="ul" spacing={1} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {shipments.map(({ id, supplier, carrier, trackingNumber, items, shippedAt }) => (
        <Box component="li" key={id} sx={{ overflowWrap: 'anywhere' }}>
          <Box sx={{ fontWeight: 600 }}>
            {items.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}
          </Box>
          <Box sx={{ fontSize: '0.875rem' }}>
            {supplier}, <When at={shippedAt} exact />
            {carrier && ` · ${carrier}`}
            {trackingNumber && ` · ${trackingNumber}`}
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

type Refund = NonNullable<OrderCancellation['refund']>;

function refundWords({ amount, status, declineReason, paidOutside }: Refund): string {
  switch (status) {
    case 'processing':
      return `${formatMoney(amount)}, on its way`;
    case 'refunded':
      return `${formatMoney(amount)}, given back${paidOutside ? ` by hand: ${paidOutside}` : ''}`;
    case 'declined':
      return `${formatMoney(amount)}, refused by the payment provider${declineReason ? `: ${declineReason}` : ''}`;
  }
}

/** Why an order was called off, and what the customer got back. */
export function Cancellation({ cancellation: { reason, at, refund } }: { cancellation: OrderCancellation }) {
  return (
    <Facts>
      <Fact label="Reason">{reason}</Fact>
      <Fact label="When">
        <When at={at} exact />
      </Fact>
      <Fact label="Refund">
        {refund ? refundWords(refund) : 'None yet: suppliers are asked to let go of it first.'}
      </Fact>
    </Facts>
  );
}
