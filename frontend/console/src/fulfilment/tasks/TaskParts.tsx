import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fact, Facts } from '../../parts/Facts';
import { When } from '../../parts/When';
import { WhyTable } from '../routing/WhyTable';
import type { Attempt, TaskDetail, TaskItem } from '../types';
import { outcomeWords } from './words';

/** What a task is to send, and what was sent of it. */
export function TaskItems({ items }: { items: readonly TaskItem[] }) {
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label="Items">
        <TableHead>
          <TableRow>
            <TableCell>SKU</TableCell>
            <TableCell>Supplier’s code</TableCell>
            <TableCell align="right">Cost of one</TableCell>
            <TableCell align="right">Ordered</TableCell>
            <TableCell align="right">Sent</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(({ sku, title, code, unitCost, quantity, delivered }) => (
            <TableRow key={sku}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <Box sx={{ fontWeight: 600 }}>{sku}</Box>
                {title && <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{title}</Box>}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{code}</TableCell>
              <TableCell align="right">{formatMoney(unitCost)}</TableCell>
              <TableCell align="right">{quantity}</TableCell>
              <TableCell align="right">{delivered}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** What is known of a task beside its items. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  return (
    <Facts>
      <Fact label="Supplier’s reference">{task.supplierReference ?? '–'}</Fact>
      <Fact label="Attempts">{task.attempts}</Fact>
      <Fact label="Reserved">{task.reserved ? formatMoney(task.reserved) : '–'}</Fact>
      <Fact label="Charged">{task.cost ? formatMoney(task.cost) : '–'}</Fact>
      {task.notBefore && (
        <Fact label="Not before">
          <When at={task.notBefore} exact />
        </Fact>
      )}
      {task.nextPollAt && (
        <Fact label="Asked about next">
          <When at={task.nextPollAt} exact />
        </Fact>
      )}
      {task.attentionAt && (
        <Fact label="Looked at again">
          <When at={task.attentionAt} exact />
        </Fact>
      )}
    </Facts>
  );
}

/** What was tried with the supplier, the latest first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <Box sx={{ color: 'text.secondary' }}>Nothing yet.</Box>;
  return (
    <Box component="ol" reversed sx={{ m: 0, pl: 3 }}>
      {attempts.toReversed().map(({ at, outcome, reason }) => (
        <Box component="li" key={`${at} ${outcome}`} sx={{ py: 0.5, overflowWrap: 'anywhere' }}>
          <Box component="span" sx={{ fontWeight: 600 }}>
            {outcomeWords(outcome)}
          </Box>
          {reason && `: ${reason}`}
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            <When at={at} exact />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** Why a task went where it went. */
export function Reasons({ task }: { task: TaskDetail }) {
  if (task.why.length === 0) return <Box sx={{ color: 'text.secondary' }}>An operator chose it.</Box>;
  return (
    <Stack spacing={2}>
      {task.why.map((why) => (
        <WhyTable key={why.sku} why={why} />
      ))}
    </Stack>
  );
}
