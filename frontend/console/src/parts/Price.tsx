import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import type { Money } from '../api/types';

/** A price, with what it is compared with struck out beside it. */
export function Price({ price, compareAt }: { price: Money; compareAt?: Money | null }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', fontWeight: 600 }}>
      {formatMoney(price)}
      {compareAt && (
        <Box
          component="s"
          aria-label={`instead of ${formatMoney(compareAt)}`}
          sx={{ ml: 0.75, color: 'text.secondary', fontWeight: 400 }}
        >
          {formatMoney(compareAt)}
        </Box>
      )}
    </Box>
  );
}
