import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { Code } from '../fulfilment/parts/Code';
import type { Attempt } from './types';
import { outcomeLine } from './words';

/** What came of calling a webhook's address, with what it answered. */
export function AttemptResult({ attempt, label }: { attempt: Attempt; label: string }) {
  const { outcome, answer } = attempt;
  return (
    <Stack spacing={1.5}>
      <Alert
        role="note"
        severity={outcome === 'delivered' ? 'success' : 'error'}
        sx={{ overflowWrap: 'anywhere' }}
      >
        {outcomeLine(attempt)}
      </Alert>
      {answer && <Code label={label}>{answer}</Code>}
    </Stack>
  );
}
