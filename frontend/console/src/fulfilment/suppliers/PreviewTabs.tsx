import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { Code, MONOSPACE } from '../parts/Code';
import { messageText } from '../parts/message';
import type { Operation, Preview } from '../types';
import type { SampleTexts } from './usePreview';

const WORDS: Readonly<Record<Operation, { name: string; hint: string; sample: string }>> = {
  place: {
    name: 'Place',
    hint: 'Places an order, here the sample order.',
    sample: 'Paste what the supplier answers to a new order.',
  },
  find: {
    name: 'Find',
    hint: 'Looks an order up by our reference, as after a lost answer.',
    sample: 'Paste what the supplier answers when it is asked for a reference.',
  },
  statuses: {
    name: 'Statuses',
    hint: 'Asks how orders stand, several at once.',
    sample: 'Paste what the supplier answers about orders on their way.',
  },
  cancel: {
    name: 'Cancel',
    hint: 'Calls an order off.',
    sample: 'Paste what the supplier answers to a cancellation.',
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function Reading({ operation, sample, preview }: { operation: Operation; sample: string; preview: Preview }) {
  const reading = preview.readings[operation];
  if (sample.trim() === '' || reading === undefined) {
    return (
      <Typography variant="body2" color="textSecondary">
        What the configuration reads in the answer is shown here.
      </Typography>
    );
  }
  return <Code label={`What is read of ${operation}`}>{JSON.stringify(reading, null, 2)}</Code>;
}

/** What would be sent for each operation, and what is read in a sample of its answer. */
export function PreviewTabs({
  operations,
  preview,
  samples,
  onSamples,
}: {
  operations: readonly Operation[];
  preview: Preview;
  samples: SampleTexts;
  onSamples: (samples: SampleTexts) => void;
}) {
  const id = useId();
  const [chosen, setChosen] = useState<Operation>();
  const open = chosen ?? operations[0];
  if (!open) return null;
  const request = preview.requests[open];
  const sample = samples[open] ?? '';
  const isBad = sample.trim() !== '' && !isJson(sample);
  return (
    <Box>
      <Tabs
        value={open}
        onChange={(_event, operation: Operation) => setChosen(operation)}
        variant="scrollable"
        scrollButtons="auto"
        allowScrollButtonsMobile
        aria-label="Operations"
        sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}
      >
        {operations.map((operation) => (
          <Tab
            key={operation}
            value={operation}
            label={WORDS[operation].name}
            id={`${id}-${operation}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
          {WORDS[open].hint} Nothing is sent while you edit.
        </Typography>
        {request ? (
          <Code label={`Request: ${open}`}>
            {messageText(`${request.method} ${request.url}`, request.headers, request.body)}
          </Code>
        ) : (
          <Typography variant="body2">
            No request can be made yet: mend what is listed above, or this operation is not configured.
          </Typography>
        )}
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            mt: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '1fr 1fr' },
          }}
        >
          <TextField
            label={`Sample answer: ${open}`}
            value={sample}
            multiline
            minRows={4}
            maxRows={14}
            error={isBad}
            helperText={isBad ? 'This is no JSON yet.' : WORDS[open].sample}
            onChange={(event) => onSamples({ ...samples, [open]: event.target.value })}
            slotProps={{
              htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '0.8125rem' } },
            }}
          />
          <Box sx={{ minWidth: 0 }}>
            <Reading operation={open} sample={sample} preview={preview} />
          </Box>
        </Box>
      </Box>
    </Box>
  );
}
