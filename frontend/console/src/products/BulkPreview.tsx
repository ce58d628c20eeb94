import { formatMoney } from '@ironmonger/api';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';
import type { BulkChange, ProductRow } from '../api/types';
import { Status } from '../parts/Status';
import { categoriesAfter, priceAfter } from './bulk';
import { MAX_CATEGORIES } from './options';
import { useCategoryChoices } from './ProductFilters';

function Cells({ row, change }: { row: ProductRow; change: BulkChange }) {
  const choices = useCategoryChoices();
  const title = (slug: string) => choices.find(({ id }) => id === slug)?.name.trim() ?? slug;
  const cells = (): [ReactNode, ReactNode] => {
    if (change.kind === 'status')
      return [<Status key="b" of={row.status} />, <Status key="a" of={change.status} />];
    if (change.kind === 'price') {
      const after = priceAfter(row, change);
      return [formatMoney(row.price), after ? formatMoney(after) : 'Below nothing: will be refused'];
    }
    const after = categoriesAfter(row, change);
    const refused = after.length === 0 || after.length > MAX_CATEGORIES;
    return [
      row.categories.map(title).join(', '),
      refused ? `Must stand in 1 to ${MAX_CATEGORIES}: will be refused` : after.map(title).join(', '),
    ];
  };
  const [before, after] = cells();
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {row.title}
      </TableCell>
      <TableCell>{before}</TableCell>
      <TableCell sx={{ fontWeight: 600 }}>{after}</TableCell>
    </TableRow>
  );
}

/** What a change would make of each product. Where variants differ in price, the lowest is shown. */
export function BulkPreview({
  rows,
  change,
}: {
  rows: readonly ProductRow[];
  change: BulkChange | undefined;
}) {
  if (!change) return null;
  return (
    <TableContainer
      sx={{ mt: 2, maxHeight: 300, border: 1, borderColor: 'divider', borderRadius: 1 }}
      tabIndex={0}
    >
      <Table size="small" stickyHeader aria-label="Preview">
        <TableHead>
          <TableRow>
            <TableCell>Product</TableCell>
            <TableCell>{change.kind === 'price' ? 'From, now' : 'Now'}</TableCell>
            <TableCell>Then</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <Cells key={row.id} row={row} change={change} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
