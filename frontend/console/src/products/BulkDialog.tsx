import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState } from 'react';
import type { BulkChange, BulkResult, ProductRow } from '../api/types';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { BulkChangeFields } from './BulkChangeFields';
import { BulkPreview } from './BulkPreview';
import { BulkResults } from './BulkResults';

const TITLES: Readonly<Record<BulkChange['kind'], string>> = {
  price: 'Change prices',
  status: 'Change status',
  categories: 'Change categories',
};

/** Asks for a change, shows what it would make of each product, and then what became of it. */
export function BulkDialog({
  kind,
  rows,
  onClose,
}: {
  kind: BulkChange['kind'];
  rows: readonly ProductRow[];
  onClose: (changed: boolean) => void;
}) {
  const id = useId();
  const desk = useDesk();
  const [change, setChange] = useState<BulkChange>();
  const [results, setResults] = useState<BulkResult[]>();
  const [error, setError] = useState<unknown>();
  const [pending, setPending] = useState(false);
  // The rows as they were when the dialog opened: the list behind it may be loaded anew.
  const [before] = useState(rows);

  const run = async () => {
    if (!change) return;
    setPending(true);
    setError(undefined);
    try {
      const ids = before.map((row) => row.id);
      setResults(await desk.bulkEditProducts(ids, change));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={id}
      onClose={() => {
        if (!pending) onClose(results !== undefined);
      }}
    >
      <DialogTitle id={id}>
        {TITLES[kind]} of {before.length === 1 ? 'one product' : `${before.length} products`}
      </DialogTitle>
      <DialogContent sx={{ pt: '8px !important' }}>
        {results ? (
          <BulkResults results={results} />
        ) : (
          <>
            <BulkChangeFields kind={kind} onChange={setChange} />
            <BulkPreview rows={before} change={change} />
            {error !== undefined && (
              <Alert severity="error" sx={{ mt: 2 }}>
                {messageOf(error)}
              </Alert>
            )}
          </>
        )}
      </DialogContent>
      <DialogActions>
        {results ? (
          <Button variant="contained" onClick={() => onClose(true)}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={() => onClose(false)} disabled={pending}>
              Cancel
            </Button>
            <Button variant="contained" color="secondary" disabled={!change} loading={pending} onClick={run}>
              Apply to {before.length}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
