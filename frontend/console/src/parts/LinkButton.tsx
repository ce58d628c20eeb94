import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

/** A button that leads to another page of the console. */
export function LinkButton({
  to,
  icon,
  main = false,
  children,
}: {
  to: string;
  icon: ReactNode;
  /** Whether it is what one comes to the page for. */
  main?: boolean;
  children: ReactNode;
}) {
  return (
    <Button
      component={Link}
      to={to}
      variant={main ? 'contained' : 'outlined'}
      color={main ? 'secondary' : 'primary'}
      startIcon={icon}
    >
      {children}
    </Button>
  );
}
