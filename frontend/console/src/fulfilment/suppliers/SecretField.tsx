import HideIcon from '@mui/icons-material/VisibilityOffOutlined';
import ShowIcon from '@mui/icons-material/VisibilityOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useController } from 'react-hook-form';

/** The most characters of a secret. */
const MAX_SECRET = 4096;

/** A secret as one types or pastes it; password managers are asked not to keep it. */
export function SecretField({
  source,
  label,
  helperText,
  autoFocus = false,
}: {
  source: string;
  label: string;
  helperText: string;
  autoFocus?: boolean;
}) {
  const {
    field: { value, ref, ...field },
    fieldState: { error },
  } = useController({ name: source });
  const [isShown, setShown] = useState(false);
  const words = `${isShown ? 'Hide' : 'Show'}: ${label}`;
  return (
    <TextField
      {...field}
      value={typeof value === 'string' ? value : ''}
      inputRef={ref}
      label={label}
      autoFocus={autoFocus}
      type={isShown ? 'text' : 'password'}
      error={error !== undefined}
      helperText={error?.message ?? helperText}
      slotProps={{
        htmlInput: { maxLength: MAX_SECRET, autoComplete: 'new-password', spellCheck: false },
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton edge="end" size="small" aria-label={words} onClick={() => setShown(!isShown)}>
                {isShown ? <HideIcon fontSize="small" /> : <ShowIcon fontSize="small" />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
