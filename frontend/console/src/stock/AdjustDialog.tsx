import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useRef } from 'react';
import { useNotify } from 'react-admin';
import { useController, useWatch } from 'react-hook-form';
import { ADJUSTMENT_REASONS, type AdjustmentReason, type StockLevel } from '../api/types';
import { useDesk } from '../data/useDesk';
import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';
import { MAX_DELTA, MAX_NOTE, parseWhole, REASONS, signed } from './words';

interface Values {
  delta: string;
  reason: AdjustmentReason | '';
  note: string;
}

function ReasonField() {
  const {
    field: { ref, ...field },
    fieldState: { error },
  } = useController<Values>({ name: 'reason' });
  return (
    <TextField
      {...field}
      select
      required
      label="Reason"
      inputRef={ref}
      error={error !== undefined}
      helperText={error?.message}
    >
      {ADJUSTMENT_REASONS.map((reason) => (
        <MenuItem key={reason} value={reason}>
          {REASONS[reason]}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Outcome({ available }: { available: number }) {
  const delta = parseWhole(String(useWatch({ name: 'delta' }) ?? ''));
  if (delta === undefined || delta === 0) return null;
  const after = available + delta;
  return (
    <Alert severity={after < 0 ? 'error' : 'info'} role="status">
      {after < 0 ? (
        `There are only ${available} to take away.`
      ) : (
        <>
          {available} now, <strong>{after}</strong> then ({signed(delta)})
        </>
      )}
    </Alert>
  );
}

/** Changes how much there is of a SKU, with the reason that the history keeps. */
export function AdjustDialog({
  sku,
  title,
  level,
  onDone,
  onClose,
}: {
  sku: string;
  title: string;
  level: StockLevel;
  onDone: (level: StockLevel) => void;
  onClose: () => void;
}) {
  const desk = useDesk();
  const notify = useNotify();
  // One key for the whole dialog: pressing twice, or again after a lost answer, adjusts once.
  const attempt = useRef({ key: crypto.randomUUID(), of: '' });
  return (
    <FormDialog<Values>
      open
      title="Adjust the stock"
      intro={
        <>
          <Box sx={{ fontWeight: 600, color: 'text.primary' }}>{title}</Box>
          {sku}
        </>
      }
      save="Adjust"
      defaultValues={{ delta: '', reason: '', note: '' }}
      validate={({ delta, reason }) => {
        const change = parseWhole(delta ?? '');
        return {
          delta:
            change === undefined || change === 0
              ? 'Type how many pieces more (12) or less (-3).'
              : Math.abs(change) > MAX_DELTA
                ? `At most ${MAX_DELTA} pieces at once.`
                : level.available + change < 0
                  ? `There are only ${level.available}.`
                  : undefined,
          reason: reason ? undefined : 'Choose the reason.',
        };
      }}
      onSave={async ({ delta, reason, note }) => {
        const adjustment = {
          delta: parseWhole(delta) ?? 0,
          reason: reason as AdjustmentReason,
          ...(note?.trim() && { note: note.trim() }),
        };
        // Another adjustment is another request; the same one again is not.
        const of = JSON.stringify(adjustment);
        if (attempt.current.of !== of) attempt.current = { key: crypto.randomUUID(), of };
        const { available } = await desk.adjustStock(sku, adjustment, attempt.current.key);
        notify(`${sku}: ${signed(adjustment.delta)}, now ${available}.`, { type: 'success' });
        onDone({ ...level, available });
      }}
      onClose={onClose}
    >
      <TextControl source="delta" label="Pieces" required autoFocus placeholder="12 or -3" />
      <Outcome available={level.available} />
      <ReasonField />
      <TextControl source="note" label="Note" max={MAX_NOTE} rows={2} placeholder="Delivery note 4711" />
    </FormDialog>
  );
}
