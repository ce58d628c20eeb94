import PreviousIcon from '@mui/icons-material/ChevronLeft';
import NextIcon from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import LinearProgress from '@mui/material/LinearProgress';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ReactNode } from 'react';
import { ListBase, useListContext } from 'react-admin';
import { same } from '../data/differences';
import { PAGE_SIZE } from '../data/provider';
import { Empty } from './Empty';
import { Failure } from './Failure';
import { Waiting } from './Waiting';

/** Whether the screen is a phone's. */
export function useIsPhone(): boolean {
  return useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
}

/** A list that is walked by cursor, which is forgotten when one leaves it. */
export function CursorList({
  begin,
  everyMs,
  children,
}: {
  /** The filter that it begins with. */
  begin?: Readonly<Record<string, unknown>>;
  /** How often it is read anew, in milliseconds; without it, only as one comes. */
  everyMs?: number;
  children: ReactNode;
}) {
  return (
    <ListBase
      perPage={PAGE_SIZE}
      storeKey={false}
      exporter={false}
      {...(begin && { filterDefaultValues: begin })}
      {...(everyMs !== undefined && { queryOptions: { refetchInterval: everyMs } })}
    >
      {children}
    </ListBase>
  );
}

/** The ways to the pages before and after; lists walked by cursor do not know how many there are. */
export function Pager() {
  const { page, setPage, hasNextPage, data, isPending } = useListContext();
  if (isPending || (page === 1 && !hasNextPage)) return null;
  return (
    <Box
      component="nav"
      aria-label="Pages"
      sx={{ display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: 1, mt: 2 }}
    >
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.875rem', mr: 1 }}>
        Page {page}
        {data && `, ${data.length} ${data.length === 1 ? 'row' : 'rows'}`}
      </Box>
      <Button
        variant="outlined"
        size="small"
        startIcon={<PreviousIcon />}
        disabled={page === 1}
        onClick={() => setPage(page - 1)}
      >
        Previous
      </Button>
      <Button
        variant="outlined"
        size="small"
        endIcon={<NextIcon />}
        disabled={!hasNextPage}
        onClick={() => setPage(page + 1)}
      >
        Next
      </Button>
    </Box>
  );
}

const NO_FILTER = {};

/** The rows of a list on a card, or what is to be said in their place. */
export function ListBody({
  filters,
  empty,
  card = true,
  unfiltered = NO_FILTER,
  children,
}: {
  filters?: ReactNode;
  /** Shown where there is nothing at all, without a filter. */
  empty: ReactNode;
  card?: boolean;
  /** The filter that the list begins with: nothing there is nothing at all. */
  unfiltered?: Readonly<Record<string, unknown>>;
  children: ReactNode;
}) {
  const { data, error, isPending, isFetching, hasNextPage, refetch, filterValues, setFilters } =
    useListContext();
  const isFiltered = !same(filterValues ?? {}, unfiltered);
  const rows = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={8} />;
    if (!data || data.length === 0) {
      // Pages are filled by what is looked through, of which none may fit.
      if (hasNextPage) return <Empty title="Nothing on this page">There may be more on the next one.</Empty>;
      return isFiltered ? (
        <Empty
          title="Nothing matches"
          action={
            <Button variant="outlined" onClick={() => setFilters({ ...unfiltered }, [], false)}>
              Clear the filters
            </Button>
          }
        >
          No row fits all the filters.
        </Empty>
      ) : (
        empty
      );
    }
    return children;
  };
  const isPlain = card || error || isPending || !data || data.length === 0;
  return (
    <>
      {filters}
      {isPlain ? (
        <Card sx={{ position: 'relative', overflow: 'hidden' }}>
          {isFetching && !isPending && (
            <LinearProgress
              aria-label="Refreshing"
              sx={{ position: 'absolute', insetInline: 0, top: 0, height: 3, zIndex: 2, borderRadius: 0 }}
            />
          )}
          {rows()}
        </Card>
      ) : (
        rows()
      )}
      <Pager />
    </>
  );
}
