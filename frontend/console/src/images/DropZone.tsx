import UploadIcon from '@mui/icons-material/AddPhotoAlternateOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';

/** A place to drop files on, with a button for those who rather choose them. */
export function DropZone({
  accept,
  multiple = false,
  button,
  icon = <UploadIcon />,
  children,
  onFiles,
}: {
  accept: string;
  multiple?: boolean;
  button: string;
  icon?: ReactNode;
  children: ReactNode;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        border: '2px dashed',
        borderColor: over ? 'primary.main' : 'strongLine',
        backgroundColor: over ? 'success.light' : 'quiet',
        borderRadius: 1.5,
        p: 3,
        textAlign: 'center',
      }}
    >
      <Button variant="contained" color="secondary" startIcon={icon} onClick={() => input.current?.click()}>
        {button}
      </Button>
      <Box sx={{ mt: 1.25, color: 'text.secondary', fontSize: '0.875rem' }}>{children}</Box>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        multiple={multiple}
        data-testid="file-input"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again after it was refused.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </Box>
  );
}
