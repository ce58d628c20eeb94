import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ImportError } from '../api/types';
import { Panel } from '../parts/Panel';

/** What is wrong in which row; rows are numbered as a spreadsheet numbers them. */
export function ImportErrors({ errors, count }: { errors: readonly ImportError[]; count: number }) {
  const more = count > errors.length ? ` The first ${errors.length} are listed.` : '';
  return (
    <Panel title="What is wrong" intro={`Row numbers as in the file, its header being row 1.${more}`} flush>
      <TableContainer tabIndex={0} sx={{ maxHeight: 520 }}>
        <Table size="small" stickyHeader aria-label="What is wrong">
          <TableHead>
            <TableRow>
              <TableCell align="right">Row</TableCell>
              <TableCell>Column</TableCell>
              <TableCell>What is wrong</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {errors.map(({ row, column, message }) => (
              <TableRow key={`${row} ${column} ${message}`}>
                <TableCell align="right" sx={{ fontWeight: 700 }}>
                  {row}
                </TableCell>
                <TableCell>{column ?? '–'}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{message}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Panel>
  );
}
