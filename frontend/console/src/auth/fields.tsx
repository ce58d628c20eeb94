import HideIcon from '@mui/icons-material/VisibilityOffOutlined';
import ShowIcon from '@mui/icons-material/VisibilityOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { useState } from 'react';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  helperText?: string;
  autoFocus?: boolean;
}

const common = ({ label, value, onChange, error, helperText, autoFocus }: Props): TextFieldProps => ({
  label,
  value,
  onChange: (event) => onChange(event.target.value),
  error: error !== undefined,
  helperText: error ?? helperText,
  autoFocus: autoFocus ?? false,
  size: 'medium',
  required: true,
});

export function EmailField(props: Props) {
  return (
    <TextField {...common(props)} slotProps={{ htmlInput: { type: 'email', autoComplete: 'username' } }} />
  );
}

/** A password that one may look at while typing. */
export function PasswordField({ isNew = false, ...props }: Props & { isNew?: boolean }) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...common(props)}
      slotProps={{
        htmlInput: {
          type: shown ? 'text' : 'password',
          autoComplete: isNew ? 'new-password' : 'current-password',
          spellCheck: false,
        },
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                aria-label={shown ? `Hide: ${props.label}` : `Show: ${props.label}`}
                onClick={() => setShown(!shown)}
              >
                {shown ? <HideIcon fontSize="small" /> : <ShowIcon fontSize="small" />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}

/** Six digits, from an e-mail or an authenticator. */
export function CodeField(props: Props) {
  return (
    <TextField
      {...common(props)}
      slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 12 } }}
    />
  );
}
