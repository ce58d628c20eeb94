import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** More for those who want it, behind a line that says what it is. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <Box
      component="details"
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        minWidth: 0,
        '& > summary': { cursor: 'pointer', px: 1.75, py: 1.1, fontWeight: 600, overflowWrap: 'anywhere' },
        '&[open] > summary': { borderBottom: 1, borderColor: 'divider' },
      }}
    >
      <summary>{summary}</summary>
      <Box sx={{ p: 1.75 }}>{children}</Box>
    </Box>
  );
}
