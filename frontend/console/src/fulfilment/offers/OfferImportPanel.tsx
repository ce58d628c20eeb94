import FileIcon from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { messageOf } from '../../data/errors';
import { useDesk } from '../../data/useDesk';
import { DropZone } from '../../images/DropZone';
import { ImportErrors } from '../../imports/ImportErrors';
import { Panel } from '../../parts/Panel';
import { Waiting } from '../../parts/Waiting';
import { Code } from '../parts/Code';
import type { OfferImport } from '../types';
import { EXAMPLE, MAX_ROWS, outcome, whyNotRead } from './import';

interface Chosen {
  name: string;
  csv: string;
}

/** Brings in offers as CSV: tried first, applied only once every row is good. */
export function OfferImportPanel({
  supplierId,
  onDone,
  onClose,
}: {
  supplierId: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const desk = useDesk();
  const [chosen, setChosen] = useState<Chosen>();
  const [report, setReport] = useState<OfferImport>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);

  const run = async (csv: string, dryRun: boolean) => {
    setPending(true);
    setProblem(undefined);
    setReport(undefined);
    try {
      const answer = await desk.importOffers(supplierId, csv, dryRun);
      setReport(answer);
      if (answer.applied) onDone();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setPending(false);
    }
  };
  const choose = async ([file]: File[]) => {
    if (!file) return;
    setReport(undefined);
    setChosen(undefined);
    const refusal = whyNotRead(file);
    setProblem(refusal);
    if (refusal) return;
    const csv = await file.text();
    setChosen({ name: file.name, csv });
    await run(csv, true);
  };
  const errors = report?.errors ?? [];
  const isReady = chosen && report && !report.applied && errors.length === 0;
  return (
    <Panel
      title="Import offers"
      intro={`A CSV file with one row for each offer, at most ${MAX_ROWS}. It is checked first; nothing is written before you say so, and only if every row is good.`}
      action={<Button onClick={onClose}>Close</Button>}
    >
      <Stack spacing={2}>
        <DropZone
          accept=".csv,text/csv"
          button={chosen ? 'Choose another file' : 'Choose a CSV file'}
          icon={<FileIcon />}
          onFiles={(files) => void choose(files)}
        >
          Or drop it here. The columns are those of the export; offers that the file leaves out stay.
        </DropZone>
        {!chosen && <Code label="Example of a CSV file">{EXAMPLE}</Code>}
        {problem && <Alert severity="error">{problem}</Alert>}
        {pending && <Waiting rows={2} label="Checking" />}
        {report && (
          <Alert severity={errors.length > 0 ? 'error' : report.applied ? 'success' : 'info'} role="status">
            {chosen && <Box sx={{ fontWeight: 700, overflowWrap: 'anywhere' }}>{chosen.name}</Box>}
            {outcome(report)}
          </Alert>
        )}
        {isReady && (
          <Box>
            <Button variant="contained" color="secondary" onClick={() => void run(chosen.csv, false)}>
              Bring them in
            </Button>
          </Box>
        )}
        {errors.length > 0 && <ImportErrors errors={errors} count={errors.length} />}
      </Stack>
    </Panel>
  );
}
