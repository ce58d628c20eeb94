import { formatMoney } from '@ironmonger/api';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { visuallyHidden } from '@mui/utils';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useListContext } from 'react-admin';
import { formatDuration } from '../../lib/duration';
import { useIsPhone } from '../../parts/ListParts';
import type { Offer } from '../types';
import { windowWords } from './form';

type Row = Offer & { id: string };

interface Actions {
  /** The SKU whose offer is being edited. */
  edited: string | undefined;
  onEdit: (offer: Offer) => void;
  onDelete: (offer: Offer) => void;
  /** The form that stands in the place of the row. */
  form: (offer: Offer) => ReactNode;
}

const COLUMNS = 8;

function Buttons({
  offer,
  left,
  edited,
  onEdit,
  onDelete,
}: {
  offer: Offer;
  /** The SKU whose form was closed just now: whoever works by keyboard goes on where they were. */
  left: RefObject<string | undefined>;
} & Pick<Actions, 'edited' | 'onEdit' | 'onDelete'>) {
  const edit = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (edited !== undefined || left.current !== offer.sku) return;
    left.current = undefined;
    edit.current?.focus();
  }, [left, edited, offer.sku]);
  return (
    <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
      <IconButton
        size="small"
        aria-label={`Edit the offer for ${offer.sku}`}
        ref={edit}
        onClick={() => onEdit(offer)}
      >
        <EditIcon fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={`Delete the offer for ${offer.sku}`}
        onClick={() => onDelete(offer)}
      >
        <DeleteIcon fontSize="small" />
      </IconButton>
    </Box>
  );
}

function PhoneRows({
  rows,
  left,
  edited,
  onEdit,
  onDelete,
  form,
}: { rows: readonly Row[]; left: RefObject<string | undefined> } & Actions) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((offer) => (
        <Box component="li" key={offer.id} sx={{ px: 2, py: 1.25, borderTop: 1, borderColor: 'divider' }}>
          {edited === offer.sku ? (
            form(offer)
          ) : (
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'start' }}>
              <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                <Box sx={{ fontWeight: 600 }}>{offer.sku}</Box>
                <Box sx={{ fontSize: '0.875rem' }}>
                  {offer.code} · {formatMoney(offer.cost)} · {offer.minimum} to {offer.maximum} pieces
                </Box>
                <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                  {formatDuration(offer.leadTimeSeconds)} · {windowWords(offer.window)}
                </Box>
              </Box>
              <Buttons offer={offer} left={left} edited={edited} onEdit={onEdit} onDelete={onDelete} />
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

/** The offers of a list, each of which can be edited in its place. */
export function OfferRows(actions: Actions) {
  const { data = [] } = useListContext<Row>();
  const isPhone = useIsPhone();
  const left = useRef<string>(undefined);
  const { edited, onEdit, onDelete, form } = actions;
  // Set while the form is open, for the buttons that come back when it closes.
  useEffect(() => {
    if (edited !== undefined) left.current = edited;
  }, [edited]);
  if (isPhone) return <PhoneRows rows={data} left={left} {...actions} />;
  return (
    <TableContainer>
      <Table size="small" aria-label="Offers">
        <TableHead>
          <TableRow>
            <TableCell>SKU</TableCell>
            <TableCell>Supplier’s code</TableCell>
            <TableCell align="right">Cost</TableCell>
            <TableCell align="right">Minimum</TableCell>
            <TableCell align="right">Maximum</TableCell>
            <TableCell>Lead time</TableCell>
            <TableCell>Holds</TableCell>
            <TableCell>
              <span style={visuallyHidden}>Actions</span>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {data.map((offer) =>
            edited === offer.sku ? (
              <TableRow key={offer.id}>
                <TableCell colSpan={COLUMNS}>
                  <Box sx={{ fontWeight: 600 }}>{offer.sku}</Box>
                  {form(offer)}
                </TableCell>
              </TableRow>
            ) : (
              <TableRow key={offer.id} hover>
                <TableCell sx={{ fontWeight: 600 }}>{offer.sku}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{offer.code}</TableCell>
                <TableCell align="right">{formatMoney(offer.cost)}</TableCell>
                <TableCell align="right">{offer.minimum}</TableCell>
                <TableCell align="right">{offer.maximum}</TableCell>
                <TableCell>{formatDuration(offer.leadTimeSeconds)}</TableCell>
                <TableCell>{windowWords(offer.window)}</TableCell>
                <TableCell>
                  <Buttons offer={offer} left={left} edited={edited} onEdit={onEdit} onDelete={onDelete} />
                </TableCell>
              </TableRow>
            ),
          )}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
