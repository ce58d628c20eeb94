import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { type FormEvent, useEffect, useId, useMemo, useState } from 'react';
import { Thumb } from '../parts/Thumb';
import { altOf, fileSize, whyNot } from './files';

export interface Described {
  file: File;
  alt: string;
}

/** The most characters of an alt text. */
export const MAX_ALT = 300;

/** Asks what each picture shows before it is sent. */
export function AltDialog({
  files,
  onSend,
  onClose,
}: {
  files: readonly File[];
  onSend: (described: Described[]) => void;
  onClose: () => void;
}) {
  const id = useId();
  const good = useMemo(() => files.filter((file) => whyNot(file) === undefined), [files]);
  const bad = files.filter((file) => whyNot(file) !== undefined);
  const [alts, setAlts] = useState<readonly string[]>(() => good.map(({ name }) => altOf(name)));
  const [tried, setTried] = useState(false);
  const [urls, setUrls] = useState<readonly string[]>([]);
  useEffect(() => {
    const made = good.map((file) => URL.createObjectURL(file));
    setUrls(made);
    return () => made.forEach(URL.revokeObjectURL);
  }, [good]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog stands inside of the product's form, as far as React's events go.
    event.stopPropagation();
    setTried(true);
    if (alts.every((alt) => alt.trim() !== '')) {
      onSend(good.map((file, at) => ({ file, alt: alts[at]?.trim() ?? '' })));
    }
  };
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby={id}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={id}>What do they show?</DialogTitle>
        <DialogContent>
          {bad.map((file) => (
            <Alert key={file.name} severity="error" sx={{ mb: 1 }}>
              <strong>{file.name}</strong>: {whyNot(file)}
            </Alert>
          ))}
          {good.length > 0 && (
            <DialogContentText sx={{ mb: 2 }}>
              For those who cannot see the pictures, and for search engines: say what is on each of them.
            </DialogContentText>
          )}
          {good.map((file, at) => (
            <Box
              key={`${file.name}-${file.lastModified}`}
              sx={{ display: 'flex', gap: 2, mb: 2, alignItems: 'start' }}
            >
              <Thumb image={urls[at] ? { url: urls[at], alt: '' } : null} size={72} />
              <TextField
                required
                autoFocus={at === 0}
                label={`${file.name}, ${fileSize(file.size)}`}
                placeholder="Claw hammer with a dark wooden handle"
                value={alts[at] ?? ''}
                onChange={(event) =>
                  setAlts(alts.map((alt, place) => (place === at ? event.target.value : alt)))
                }
                error={tried && !alts[at]?.trim()}
                helperText={tried && !alts[at]?.trim() ? 'Say what the picture shows.' : undefined}
                slotProps={{ htmlInput: { maxLength: MAX_ALT }, inputLabel: { shrink: true } }}
              />
            </Box>
          ))}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{good.length > 0 ? 'Cancel' : 'Close'}</Button>
          {good.length > 0 && (
            <Button type="submit" variant="contained" color="secondary">
              {good.length === 1 ? 'Upload' : `Upload ${good.length}`}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
