import FileIcon from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { useRedirect } from 'react-admin';
import type { ImportMode } from '../api/types';
import { UploadFailed } from '../api/uploads';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { DropZone } from '../images/DropZone';
import { fileSize } from '../images/files';
import { PageHeader } from '../parts/PageHeader';
import { Panel } from '../parts/Panel';
import { useServices } from '../services';
import { whyNot } from './files';
import { MODES } from './words';

/** Brings in a CSV file: the mode, the file, and off it goes. */
export function ImportCreate() {
  const desk = useDesk();
  const redirect = useRedirect();
  const { putFile } = useServices();
  const [mode, setMode] = useState<ImportMode>('dryRun');
  const [file, setFile] = useState<File>();
  const [done, setDone] = useState<number>();
  const [problem, setProblem] = useState<string>();

  const choose = ([chosen]: File[]) => {
    const refusal = chosen && whyNot(chosen);
    setProblem(refusal);
    setFile(refusal ? undefined : chosen);
  };
  const start = async () => {
    if (!file) return;
    setProblem(undefined);
    setDone(0);
    try {
      const { id, upload } = await desk.createProductImport({ fileName: file.name, bytes: file.size, mode });
      await putFile(file, upload, setDone);
      redirect(`/product-imports/${encodeURIComponent(id)}/show`);
    } catch (error) {
      setProblem(error instanceof UploadFailed ? error.message : messageOf(error));
      setDone(undefined);
    }
  };
  const isSending = done !== undefined;

  return (
    <>
      <PageHeader title="Import products" back={{ to: '/product-imports', label: 'Import and export' }} />
      <Stack spacing={2.5} sx={{ maxWidth: 760 }}>
        <Panel title="How">
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label="Mode"
            value={mode}
            disabled={isSending}
            onChange={(_event, chosen: ImportMode | null) => chosen && setMode(chosen)}
            sx={{ flexWrap: 'wrap' }}
          >
            {MODES.map(({ id, name }) => (
              <ToggleButton key={id} value={id}>
                {name}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <Box sx={{ mt: 1, color: 'text.secondary' }}>{MODES.find(({ id }) => id === mode)?.hint}</Box>
        </Panel>
        <Panel title="What">
          <Stack spacing={2}>
            {!isSending && (
              <DropZone
                accept=".csv,text/csv"
                button={file ? 'Choose another file' : 'Choose a CSV file'}
                icon={<FileIcon />}
                onFiles={choose}
              >
                Or drop it here. The columns are those of the export.
              </DropZone>
            )}
            {problem && <Alert severity="error">{problem}</Alert>}
            {file && (
              <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
                <FileIcon aria-hidden="true" />
                <Box sx={{ flex: '1 1 10rem', minWidth: 0 }}>
                  <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{file.name}</Box>
                  <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>{fileSize(file.size)}</Box>
                </Box>
                {!isSending && (
                  <Button variant="contained" color="secondary" onClick={start}>
                    {mode === 'dryRun' ? 'Start the dry run' : 'Start the import'}
                  </Button>
                )}
              </Box>
            )}
            {isSending && (
              <Box role="status">
                <Box sx={{ mb: 0.75 }}>Uploading, {Math.round(done * 100)} %</Box>
                <LinearProgress aria-label="Upload" variant="determinate" value={done * 100} />
              </Box>
            )}
          </Stack>
        </Panel>
      </Stack>
    </>
  );
}
