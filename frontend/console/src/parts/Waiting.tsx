import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Rows that are on their way. */
export function Waiting({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <Box role="status" aria-label={label} sx={{ p: 2 }}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that have nothing but their number
        <Skeleton key={row} height={36} sx={{ transform: 'none', my: 1, borderRadius: 1 }} />
      ))}
    </Box>
  );
}
