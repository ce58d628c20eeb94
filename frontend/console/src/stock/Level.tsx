import LowIcon from '@mui/icons-material/TrendingDown';
import Box from '@mui/material/Box';
import type { StockLevel } from '../api/types';

/** Whether so much counts as running low. */
export function runsLow({ available, lowStockThreshold }: StockLevel): boolean {
  return lowStockThreshold !== null && lowStockThreshold !== undefined && available <= lowStockThreshold;
}

/** How much can be bought, marked where it runs low. */
export function Level({ level }: { level: StockLevel }) {
  const isLow = runsLow(level) || level.available === 0;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        fontWeight: 600,
        ...(isLow && { color: 'error.main' }),
      }}
    >
      {isLow && <LowIcon titleAccess="Runs low" sx={{ fontSize: 17 }} />}
      {level.available}
    </Box>
  );
}
