import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import type { ReactNode } from 'react';
import type { StockLevel } from '../api/types';
import { fonts, labelCaps } from '../theme/colours';
import { runsLow } from './Level';

function Figure({ label, alarm = false, children }: { label: string; alarm?: boolean; children: ReactNode }) {
  return (
    <Card sx={{ p: 2 }}>
      <Box component="dt" sx={{ ...labelCaps, color: 'text.secondary' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          fontFamily: fonts.display,
          fontSize: '1.9rem',
          fontWeight: 750,
          lineHeight: 1.2,
          ...(alarm && { color: 'error.main' }),
        }}
      >
        {children}
      </Box>
    </Card>
  );
}

/** The numbers of a SKU. */
export function Figures({ level }: { level: StockLevel }) {
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(8rem, 1fr))' }}
    >
      <Figure label="Available" alarm={runsLow(level) || level.available === 0}>
        {level.available}
      </Figure>
      <Figure label="Reserved">{level.reserved}</Figure>
      <Figure label="Sold">{level.sold}</Figure>
      <Figure label="Runs low at">{level.lowStockThreshold ?? '–'}</Figure>
    </Box>
  );
}
