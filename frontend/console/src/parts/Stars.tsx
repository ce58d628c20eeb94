import FullIcon from '@mui/icons-material/Star';
import EmptyIcon from '@mui/icons-material/StarBorder';
import Box from '@mui/material/Box';

const MOST = 5;

/** A rating of one to five. */
export function Stars({ rating }: { rating: number }) {
  return (
    <Box
      role="img"
      aria-label={`${rating} out of ${MOST}`}
      sx={{ display: 'inline-flex', color: 'warning.main' }}
    >
      {Array.from({ length: MOST }, (_, at) => {
        const Icon = at < rating ? FullIcon : EmptyIcon;
        // biome-ignore lint/suspicious/noArrayIndexKey: stars have nothing but their number
        return <Icon key={at} sx={{ fontSize: 18 }} />;
      })}
    </Box>
  );
}
