import MuiLink from '@mui/material/Link';
import type { SxProps } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

/** The link of a row or a sentence to a page of the console. */
export function RowLink({ to, children, sx }: { to: string; children: ReactNode; sx?: SxProps }) {
  return (
    <MuiLink
      component={Link}
      to={to}
      underline="hover"
      sx={{ color: 'text.primary', overflowWrap: 'anywhere', ...(sx as object) }}
    >
      {children}
    </MuiLink>
  );
}
