import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import { useDesk } from '../data/useDesk';
import { Empty } from '../parts/Empty';
import { Failure } from '../parts/Failure';
import type { Choice } from '../parts/Filters';
import { ListRow } from '../parts/ListRow';
import { Panel } from '../parts/Panel';
import { RowLink } from '../parts/RowLink';
import { Status } from '../parts/Status';
import { Waiting } from '../parts/Waiting';
import { When } from '../parts/When';
import { deliveryPath } from './paths';
import type { Delivery, DeliveryState, Webhook } from './types';
import { DELIVERIES, useReplay } from './useReplay';
import { attemptsWords, DELIVERY_STATES } from './words';

/** How often the latest are read anew, in milliseconds; whoever has gone back further is left where they are. */
const REFRESH_MS = 10_000;

const STATES: readonly Choice[] = (Object.keys(DELIVERY_STATES) as DeliveryState[]).map((id) => ({
  id,
  name: DELIVERY_STATES[id].name,
}));

function Select({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      select
      label={label}
      value={choices.some(({ id }) => id === value) ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      sx={{ flex: '1 1 9rem', maxWidth: { sm: 220 } }}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">All</MenuItem>
      {choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Row({
  webhookId,
  delivery,
  busy,
  onReplay,
}: {
  webhookId: string;
  delivery: Delivery;
  busy: boolean;
  onReplay: () => void;
}) {
  const { id, type, state, happenedAt, attempts, status, detail, nextAttemptAt } = delivery;
  const { of, name } = DELIVERY_STATES[state];
  const said = detail ?? (status === null ? undefined : `answered ${status}`);
  return (
    <ListRow>
      <Box sx={{ flex: '1 1 14rem', minWidth: 0 }}>
        <RowLink to={deliveryPath(webhookId, id)} sx={{ fontWeight: 600 }}>
          {type}
        </RowLink>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
          <When at={happenedAt} />, {attemptsWords(attempts)}
          {state !== 'delivered' && said && `, last: ${said}`}
          {state === 'pending' && nextAttemptAt && (
            <>
              , next <When at={nextAttemptAt} exact />
            </>
          )}
        </Box>
      </Box>
      <Status of={of} label={name} />
      {(state === 'failed' || state === 'held') && (
        <Button
          size="small"
          variant="outlined"
          loading={busy}
          aria-label={`Send again: ${type} ${id}`}
          onClick={onReplay}
        >
          Send again
        </Button>
      )}
    </ListRow>
  );
}

/** What was sent to a webhook in the last thirty days, the latest first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const desk = useDesk();
  const { busy, replay } = useReplay(webhook.id);
  const [params, setParams] = useSearchParams();
  const filter = { state: params.get('state') ?? '', type: params.get('type') ?? '' };
  const choose = (name: keyof typeof filter, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: [DELIVERIES, webhook.id, filter],
      queryFn: ({ pageParam, signal }) => desk.listDeliveries(webhook.id, filter, pageParam, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? REFRESH_MS : false),
    });
  const body = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    if (isPending) return <Waiting rows={4} />;
    const rows = data.pages.flatMap(({ items }) => items);
    // Pages are filled by what is looked through, of which none may fit.
    const isFiltered = filter.state !== '' || filter.type !== '';
    if (rows.length === 0 && !hasNextPage) {
      return isFiltered ? (
        <Empty title="Nothing matches">No delivery of the last thirty days fits both.</Empty>
      ) : (
        <Empty title="Nothing was sent yet">The next event of its types shows here.</Empty>
      );
    }
    return (
      <>
        <Box component="ul" aria-label="Deliveries" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {rows.map((delivery) => (
            <Row
              key={delivery.id}
              webhookId={webhook.id}
              delivery={delivery}
              busy={busy === delivery.id}
              onReplay={() => void replay(delivery.id)}
            />
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
  };
  return (
    <Panel flush title="Deliveries" intro="Of the last thirty days, the latest first.">
      <Box component="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, px: 2.5, pb: 2, pt: 0.5 }}>
        <Select
          label="State"
          value={filter.state}
          choices={STATES}
          onChange={(value) => choose('state', value)}
        />
        <Select
          label="Event"
          value={filter.type}
          choices={webhook.types.map((id) => ({ id, name: id }))}
          onChange={(value) => choose('type', value)}
        />
      </Box>
      {body()}
    </Panel>
  );
}
