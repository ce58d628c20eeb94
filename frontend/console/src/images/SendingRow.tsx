import CloseIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import type { Sending } from './useUploads';

/** A picture on its way, or why it did not arrive. */
export function SendingRow({ of, onDismiss }: { of: Sending; onDismiss: () => void }) {
  if (of.state === 'refused') {
    return (
      <Alert
        severity="error"
        action={
          <IconButton size="small" aria-label={`Dismiss ${of.fileName}`} onClick={onDismiss}>
            <CloseIcon fontSize="small" />
          </IconButton>
        }
      >
        <AlertTitle sx={{ mb: 0 }}>{of.fileName} was not taken</AlertTitle>
        {of.reason}
      </Alert>
    );
  }
  const percent = Math.round(of.done * 100);
  const words = of.state === 'sending' ? `Uploading, ${percent} %` : 'Being looked at and scaled';
  return (
    <Box role="status" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, mb: 0.75, flexWrap: 'wrap' }}>
        <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{of.fileName}</Box>
        <Box sx={{ color: 'text.secondary' }}>{words}</Box>
      </Box>
      <LinearProgress
        aria-label={`Upload of ${of.fileName}`}
        {...(of.state === 'sending' ? { variant: 'determinate' as const, value: percent } : {})}
      />
    </Box>
  );
}
