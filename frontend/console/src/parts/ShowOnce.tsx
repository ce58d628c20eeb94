import DoneIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId, useRef, useState } from 'react';

/** Shows something that is kept secret from then on, this once. */
export function ShowOnce({
  title,
  secret,
  testId,
  children,
  onClose,
}: {
  title: string;
  secret: string;
  testId: string;
  /** What is to be said beside that it is not shown again. */
  children?: ReactNode;
  onClose: () => void;
}) {
  const id = useId();
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // The clipboard is there in secure contexts only; elsewhere the secret is selected, to be copied by hand.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } else if (text.current) window.getSelection()?.selectAllChildren(text.current);
  };
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          Copy it now and keep it safe: it is not shown again.
        </Alert>
        <Box
          component="code"
          ref={text}
          data-testid={testId}
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
          {secret}
        </Box>
        {children && <Box sx={{ mt: 2 }}>{children}</Box>}
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
