import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState } from 'react';
import type { Difference } from '../data/differences';
import { labelCaps } from '../theme/colours';
import { type Conflict, type Fields, fieldsOf, merged, proposedSide, type Side } from './conflict';

const WHO: Readonly<Record<Difference['changedBy'], string>> = {
  me: 'You changed this',
  them: 'They changed this',
  both: 'Both of you changed this',
};

function Value({
  label,
  lines,
  others,
  chosen,
  onChoose,
}: {
  label: string;
  lines: readonly string[];
  others: readonly string[];
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <ButtonBase
      role="radio"
      aria-checked={chosen}
      onClick={onChoose}
      sx={{
        display: 'block',
        textAlign: 'left',
        width: '100%',
        p: 1.25,
        borderRadius: 1,
        border: 2,
        borderColor: chosen ? 'primary.main' : 'divider',
        backgroundColor: chosen ? 'success.light' : 'background.paper',
        minWidth: 0,
      }}
    >
      <Box sx={{ ...labelCaps, color: chosen ? 'text.primary' : 'text.secondary' }}>
        {chosen ? `✓ ${label}` : label}
      </Box>
      <Box sx={{ fontSize: '0.875rem', maxHeight: 180, overflowY: 'auto', overflowWrap: 'anywhere' }}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have nothing but their number
          <Box key={at} sx={{ minHeight: '1.4em', fontWeight: others.includes(line) ? 400 : 700 }}>
            {line}
          </Box>
        ))}
      </Box>
    </ButtonBase>
  );
}

/** Somebody else was quicker: shows where the two states differ and lets one keep either, field by field. */
export function ConflictDialog<T extends object>({
  conflict,
  fields,
  onReload,
  onTakeOver,
  onClose,
}: {
  conflict: Conflict<T>;
  fields: Fields<T>;
  /** Gives up one's own changes. */
  onReload: () => Promise<void>;
  /** Saves the merged record. */
  onTakeOver: (record: T) => Promise<void>;
  onClose: () => void;
}) {
  const id = useId();
  const found = fieldsOf(conflict, fields);
  const [sides, setSides] = useState<Record<string, Side>>({});
  const [pending, setPending] = useState(false);
  const run = (work: () => Promise<void>) => async () => {
    setPending(true);
    await work().finally(() => setPending(false));
  };
  return (
    <Dialog open fullWidth maxWidth="md" aria-labelledby={id} onClose={pending ? undefined : onClose}>
      <DialogTitle id={id}>Somebody else saved this meanwhile</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>
          {found.length === 0
            ? 'What they saved is what you were about to save.'
            : 'Nothing is lost: choose for each field whose value is kept. What is different is in bold.'}
        </DialogContentText>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2.5 }}>
          {found.map((difference) => {
            const { path, changedBy } = difference;
            const side = sides[path] ?? proposedSide(difference);
            const mine = fields.describe(path, difference.mine);
            const current = fields.describe(path, difference.current);
            return (
              <Box key={path} role="radiogroup" aria-label={fields.label(path)}>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline', mb: 0.75 }}>
                  <Box sx={{ fontWeight: 700 }}>{fields.label(path)}</Box>
                  <Box
                    sx={{
                      color: changedBy === 'both' ? 'error.main' : 'text.secondary',
                      fontSize: '0.8125rem',
                    }}
                  >
                    {WHO[changedBy]}
                  </Box>
                </Box>
                <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
                  <Value
                    label="Yours"
                    lines={mine}
                    others={current}
                    chosen={side === 'mine'}
                    onChoose={() => setSides({ ...sides, [path]: 'mine' })}
                  />
                  <Value
                    label="Theirs, saved"
                    lines={current}
                    others={mine}
                    chosen={side === 'current'}
                    onChoose={() => setSides({ ...sides, [path]: 'current' })}
                  />
                </Box>
              </Box>
            );
          })}
        </Box>
        {found.some(({ changedBy }) => changedBy === 'both') && (
          <Alert severity="warning" sx={{ mt: 2 }}>
            Where both changed the same field, your value is proposed. Look whether theirs should stay.
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={pending}>
          Keep editing
        </Button>
        <Button variant="outlined" onClick={run(onReload)} disabled={pending}>
          Discard mine and reload
        </Button>
        {found.length > 0 && (
          <Button
            variant="contained"
            color="secondary"
            loading={pending}
            onClick={run(() => onTakeOver(merged(conflict, found, sides)))}
          >
            Save this choice
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
