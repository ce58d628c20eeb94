import DoneIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useRef, useState } from 'react';
import type { NewPartnerKey } from '../api/people';

/** Shows a new key, this once. */
export function ShowKeyDialog({ made, onClose }: { made: NewPartnerKey; onClose: () => void }) {
  const id = useId();
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // The clipboard is there in secure contexts only; elsewhere the key is selected, to be copied by hand.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(made.key);
      setCopied(true);
    } else if (text.current) window.getSelection()?.selectAllChildren(text.current);
  };
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>The key of “{made.name}”</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          Copy it now and keep it safe: it is not shown again.
        </Alert>
        <Box
          component="code"
          ref={text}
          data-testid="partner-key"
          sx={{
            display: 'block',
            p: 2,
            borderRadius: 1,
            border: 1,
            borderColor: 'divider',
            backgroundColor: 'quiet',
            fontFamily: 'ui-monospace, monospace',
            fontSize: '0.95rem',
            overflowWrap: 'anywhere',
          }}
        >
          {made.key}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={copy} variant="outlined" startIcon={copied ? <DoneIcon /> : <CopyIcon />}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button variant="contained" color="secondary" onClick={onClose}>
          I have kept it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
