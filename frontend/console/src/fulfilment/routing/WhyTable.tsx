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
import { useIsPhone } from '../../parts/ListParts';
import { RowLink } from '../../parts/RowLink';
import { supplierPath } from '../suppliers/SupplierHeader';
import type { Considered, Why } from '../types';
import { STRATEGY_WORDS, verdictWords } from '../words';

const weightOf = ({ verdict }: Considered) => (verdict === 'chosen' ? 700 : 400);

function VerdictRows({ why: { sku, considered } }: { why: Why }) {
  return (
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
              <TableCell sx={{ fontWeight: weightOf(one) }}>{verdictWords(one)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** The same for a phone, on which the verdict would be a long way to the right. */
function VerdictList({ why: { sku, considered } }: { why: Why }) {
  return (
    <Stack
      component="ul"
      spacing={1}
      aria-label={`Considered for ${sku}`}
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {considered.map((one) => (
        <Box
          component="li"
          key={one.supplierId}
          data-verdict={one.verdict}
          sx={{ pl: 1.25, borderLeft: 3, borderColor: 'divider', overflowWrap: 'anywhere' }}
        >
          <RowLink to={supplierPath(one.supplierId)}>{one.supplierName}</RowLink>
          <Box sx={{ fontWeight: weightOf(one) }}>{verdictWords(one)}</Box>
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            {formatMoney(one.cost)} each, ships in {roughDuration(one.leadTimeSeconds)}
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

/** Who was thought of for a SKU, and why it came as it did. */
export function WhyTable({ why }: { why: Why }) {
  const words = STRATEGY_WORDS[why.strategy];
  return (
    <Box>
      <Box sx={{ mb: 0.5 }}>
        <Box component="span" sx={{ fontWeight: 700, overflowWrap: 'anywhere' }}>
          {why.sku}
        </Box>{' '}
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
          {words?.name ?? why.strategy}: {words?.hint}
        </Box>
      </Box>
      {useIsPhone() ? <VerdictList why={why} /> : <VerdictRows why={why} />}
    </Box>
  );
}
