import ClearIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { visuallyHidden } from '@mui/utils';
import type { ReactNode } from 'react';
import { type RaRecord, useListContext } from 'react-admin';

export interface Column<T> {
  label: string;
  /** Whether the label is only read out, as that of a column of buttons. */
  quiet?: boolean;
  align?: 'right';
  render: (row: T) => ReactNode;
}

/** Rows can be selected, to do something with several at once. */
export interface Bulk<T> {
  nameOf: (row: T) => string;
  actions: ReactNode;
}

function Selected({ count, actions, onClear }: { count: number; actions: ReactNode; onClear: () => void }) {
  return (
    <Box
      role="toolbar"
      aria-label="With the selected"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        px: 1.5,
        py: 0.75,
        backgroundColor: 'success.light',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <IconButton size="small" aria-label="Select none" onClick={onClear}>
        <ClearIcon fontSize="small" />
      </IconButton>
      <Box role="status" sx={{ fontWeight: 700, mr: 1 }}>
        {count} selected
      </Box>
      {actions}
    </Box>
  );
}

/** A list's rows as a table. */
export function DataRows<T extends RaRecord>({
  label,
  columns,
  bulk,
}: {
  label: string;
  columns: readonly Column<T>[];
  bulk?: Bulk<T>;
}) {
  const { data = [], selectedIds, onSelect, onToggleItem, onUnselectItems } = useListContext<T>();
  const all = data.length > 0 && data.every(({ id }) => selectedIds.includes(id));
  return (
    <>
      {bulk && selectedIds.length > 0 && (
        <Selected count={selectedIds.length} actions={bulk.actions} onClear={() => onUnselectItems()} />
      )}
      <TableContainer>
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              {bulk && (
                <TableCell padding="checkbox">
                  <Checkbox
                    size="small"
                    checked={all}
                    indeterminate={!all && selectedIds.length > 0}
                    onChange={() => (all ? onUnselectItems() : onSelect(data.map(({ id }) => id)))}
                    slotProps={{ input: { 'aria-label': 'Select all rows' } }}
                  />
                </TableCell>
              )}
              {columns.map(({ label: heading, quiet, align }) => (
                <TableCell key={heading} align={align ?? 'left'}>
                  {quiet ? <span style={visuallyHidden}>{heading}</span> : heading}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.map((row) => (
              <TableRow key={row.id} hover selected={bulk !== undefined && selectedIds.includes(row.id)}>
                {bulk && (
                  <TableCell padding="checkbox">
                    <Checkbox
                      size="small"
                      checked={selectedIds.includes(row.id)}
                      onChange={() => onToggleItem(row.id)}
                      slotProps={{ input: { 'aria-label': `Select ${bulk.nameOf(row)}` } }}
                    />
                  </TableCell>
                )}
                {columns.map(({ label: heading, align, render }) => (
                  <TableCell key={heading} align={align ?? 'left'}>
                    {render(row)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </>
  );
}
