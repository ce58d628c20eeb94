import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A row of a list on a phone: what it is about, and below it what is to be known at once. */
export function PhoneRow({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ fontWeight: 600, lineHeight: 1.3, overflowWrap: 'anywhere' }}>{title}</Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 1,
          mt: 0.5,
          fontSize: '0.875rem',
          overflowWrap: 'anywhere',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
