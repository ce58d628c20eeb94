import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { roughDuration } from '../../lib/duration';
import { RowLink } from '../../parts/RowLink';
import { supplierPath } from '../suppliers/SupplierHeader';
import type { Why } from '../types';
import { STRATEGY_WORDS, verdictWords } from '../words';

/** Who was thought of for a SKU, and why it came as it did. */
export function WhyTable({ why: { sku, strategy, considered } }: { why: Why }) {
  return (
    <Box>
      <Box sx={{ mb: 0.5 }}>
        <Box component="span" sx={{ fontWeight: 700, overflowWrap: 'anywhere' }}>
          {sku}
        </Box>{' '}
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
          {STRATEGY_WORDS[strategy]?.name ?? strategy}: {STRATEGY_WORDS[strategy]?.hint}
        </Box>
      </Box>
      <TableContainer tabIndex={0}>
        <Table size="small" aria-label={`Considered for ${sku}`}>
          <TableHead>
            <TableRow>
              <TableCell>Supplier</TableCell>
              <TableCell align="right">Cost of one</TableCell>
              <TableCell>Lead time</TableCell>
              <TableCell>Verdict</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {considered.map((one) => (
              <TableRow key={one.supplierId} data-verdict={one.verdict}>
                <TableCell sx={{ minWidth: '9rem' }}>
                  <RowLink to={supplierPath(one.supplierId)}>{one.supplierName}</RowLink>
                </TableCell>
                <TableCell align="right">{formatMoney(one.cost)}</TableCell>
                <TableCell>{roughDuration(one.leadTimeSeconds)}</TableCell>
                <TableCell sx={{ fontWeight: one.verdict === 'chosen' ? 700 : 400 }}>
                  {verdictWords(one)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Box>
  );
}
