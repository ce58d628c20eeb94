import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { StockEntry } from '../api/types';
import { useDesk } from '../data/useDesk';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { REASONS, signed } from './words';

/** What the queries of histories begin with. */
export const STOCK_HISTORY = 'stock-history';

function Entry({ entry: { at, delta, available, reason, note, actor } }: { entry: StockEntry }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        gap: 2,
        alignItems: 'baseline',
        px: 2.5,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        sx={{
          minWidth: '3.5rem',
          textAlign: 'right',
          fontWeight: 700,
          color: delta < 0 ? 'error.main' : 'success.main',
        }}
      >
        {signed(delta)}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontWeight: 600 }}>{REASONS[reason] ?? reason}</Box>
        {note && <Box sx={{ overflowWrap: 'anywhere' }}>{note}</Box>}
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
          {available} then{actor.email && ` · ${actor.email}`}
        </Box>
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        <When at={at} />
      </Box>
    </Box>
  );
}

/** The adjustments of a SKU. */
export function StockHistory({ sku }: { sku: string }) {
  const desk = useDesk();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: [STOCK_HISTORY, sku],
      queryFn: ({ pageParam, signal }) => desk.listStockHistory(sku, pageParam, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={3} />;
  const entries = data.pages.flatMap(({ items }) => items);
  if (entries.length === 0)
    return <Empty title="No adjustments yet">Sales and reservations are not listed.</Empty>;
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Box>
      {hasNextPage && (
        <Box sx={{ p: 2, textAlign: 'center', borderTop: 1, borderColor: 'divider' }}>
          <Button variant="outlined" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Earlier ones
          </Button>
        </Box>
      )}
    </>
  );
}
