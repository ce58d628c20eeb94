import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** Pegboard: the holes that tools hang from, with nothing on them. */
const pegboard = {
  backgroundColor: '#e4d3b4',
  backgroundImage: 'radial-gradient(circle at center, #8d7448 0 3px, #d5c09a 3.4px 4px, transparent 4.6px)',
  backgroundSize: '22px 22px',
} as const;

/** Says that there is nothing here, and what to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Box sx={{ textAlign: 'center', py: 5, px: 3 }}>
      <Box
        aria-hidden="true"
        sx={{ ...pegboard, width: 132, height: 66, mx: 'auto', mb: 2, borderRadius: 1 }}
      />
      <Typography variant="h2">{title}</Typography>
      {children && (
        <Typography color="textSecondary" sx={{ mt: 0.5, maxWidth: '34rem', mx: 'auto' }}>
          {children}
        </Typography>
      )}
      {action && <Box sx={{ mt: 2 }}>{action}</Box>}
    </Box>
  );
}
