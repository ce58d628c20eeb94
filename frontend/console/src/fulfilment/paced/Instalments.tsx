import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';
import { RowLink } from '../../parts/RowLink';
import { When } from '../../parts/When';
import { orderPath } from '../orders/paths';
import type { Instalment, PacedDetail, Released } from './types';

/** Instalments as a table that scrolls within itself, with one more column where there is more to say. */
export function InstalmentsTable<T extends Instalment>({
  label,
  parts,
  more,
}: {
  label: string;
  parts: readonly T[];
  /** What else is known of each. */
  more: readonly { label: string; align?: 'right'; render: (part: T) => ReactNode }[];
}) {
  return (
    <TableContainer tabIndex={0} role="region" aria-label={`${label}, all rows`} sx={{ maxHeight: 360 }}>
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell align="right" sx={{ width: '4rem' }}>
              No.
            </TableCell>
            <TableCell>When</TableCell>
            <TableCell align="right">Pieces</TableCell>
            {more.map(({ label: heading, align }) => (
              <TableCell key={heading} align={align ?? 'left'}>
                {heading}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {parts.map((part) => (
            <TableRow key={part.number}>
              <TableCell align="right">{part.number}</TableCell>
              <TableCell>
                <When at={part.at} exact />
              </TableCell>
              <TableCell align="right">{part.quantity}</TableCell>
              {more.map(({ label: heading, align, render }) => (
                <TableCell key={heading} align={align ?? 'left'}>
                  {render(part)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <Box sx={{ px: 2.5, pb: 2, color: 'text.secondary' }}>{children}</Box>
);

/** The instalments that have become orders, the latest first. */
export function ReleasedTable({ done }: { done: readonly Released[] }) {
  if (done.length === 0) return <Quiet>Nothing was released yet.</Quiet>;
  return (
    <InstalmentsTable
      label="Released instalments"
      parts={[...done].sort((a, b) => b.number - a.number)}
      more={[
        {
          label: 'Order',
          render: ({ orderId, orderNumber }) => <RowLink to={orderPath(orderId)}>{orderNumber}</RowLink>,
        },
        { label: 'Total', align: 'right', render: ({ total }) => formatMoney(total) },
      ]}
    />
  );
}

/** The instalments that are still to come, as far as they are known. */
export function ToComeTable({ order, more }: { order: PacedDetail; more: boolean }) {
  const { status, toCome } = order;
  if (status === 'stopped') return <Quiet>Nothing: it is stopped.</Quiet>;
  if (toCome.length === 0) return <Quiet>Nothing: everything is released.</Quiet>;
  return (
    <>
      {status === 'paused' && (
        <Quiet>If it were resumed now; each hour of the pause moves them an hour to later.</Quiet>
      )}
      <InstalmentsTable label="Instalments to come" parts={toCome} more={[]} />
      {more && <Quiet>And so on: these are the next {toCome.length}.</Quiet>}
    </>
  );
}
