import { addressLines, formatMoney } from '@ironmonger/api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { ShowBase, useShowContext } from 'react-admin';
import { roughDuration } from '../../lib/duration';
import { Soon } from '../../operations/Soon';
import { Fact, Facts } from '../../parts/Facts';
import { Failure } from '../../parts/Failure';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { RowLink } from '../../parts/RowLink';
import { Waiting } from '../../parts/Waiting';
import { When } from '../../parts/When';
import { ReleasedTable, ToComeTable } from './Instalments';
import { InstalmentsChart } from './InstalmentsChart';
import { PacedActions } from './PacedActions';
import { PacedStatusChip } from './PacedOrderList';
import { PACED_ORDERS } from './paths';
import type { PacedDetail } from './types';
import { PACED_STATES, planWords, progressWords } from './words';

const BACK = { to: PACED_ORDERS, label: 'Paced orders' };

/** Instalments are released meanwhile: the page follows. */
const REFRESH_MS = 15_000;

function Progress({ order }: { order: PacedDetail }) {
  const { released, quantity, nextAt, endsAt, plan, spent, postponedSeconds } = order;
  const budget = plan.kind === 'pace' ? plan.budget : null;
  const isRunning = order.status === 'running';
  return (
    <Stack spacing={2}>
      {quantity !== null && (
        <LinearProgress
          variant="determinate"
          value={Math.min(100, (released / quantity) * 100)}
          aria-label="Released"
          sx={{ height: 10, borderRadius: 1 }}
        />
      )}
      <Facts>
        <Fact label="Released">{progressWords(order)}</Fact>
        <Fact label="Cost so far">
          {formatMoney(spent)}
          {budget && ` of ${formatMoney(budget)}`}
        </Fact>
        {isRunning && nextAt && (
          <Fact label="Next">
            <Soon at={nextAt} />
          </Fact>
        )}
        {endsAt && (
          <Fact label="Last instalment">
            <When at={endsAt} exact />
          </Fact>
        )}
        {postponedSeconds > 0 && <Fact label="Moved to later by">{roughDuration(postponedSeconds)}</Fact>}
      </Facts>
    </Stack>
  );
}

/** Why nothing is released at present. */
function Notes({ order }: { order: PacedDetail }) {
  const { status, waiting, statusNote, changedBy, changedAt } = order;
  return (
    <>
      {status === 'running' && waiting !== null && (
        <Alert severity="warning">
          <Box sx={{ fontWeight: 700 }}>The next instalment waits</Box>
          {waiting}
        </Alert>
      )}
      {(status === 'paused' || status === 'stopped') && (
        <Alert severity="info">
          <Box sx={{ fontWeight: 700 }}>
            {PACED_STATES[status].name}
            {changedBy && ` by ${changedBy}`}, <When at={changedAt} />
          </Box>
          {statusNote ?? PACED_STATES[status].hint}
        </Alert>
      )}
    </>
  );
}

function Content() {
  const { record: order, error, isPending, refetch } = useShowContext<PacedDetail>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  // A list's row may be at hand before the rest is.
  if (isPending || !order?.plan) {
    return (
      <>
        <PageHeader title="Paced order" back={BACK} />
        <Waiting rows={8} />
      </>
    );
  }
  const { plan, email, customerId, shippingAddress, title, sku, done, toCome, more } = order;
  const parts = [
    ...done.map((part) => ({ ...part, isDone: true })),
    ...toCome.map((part) => ({ ...part, isDone: false })),
  ];
  return (
    <>
      <PageHeader
        title={order.name}
        back={BACK}
        beside={<PacedStatusChip order={order} />}
        intro={planWords(plan)}
        actions={<PacedActions order={order} onChange={() => void refetch()} />}
      />
      <Stack spacing={2.5}>
        <Notes order={order} />
        <Panel title="How far it is">
          <Progress order={order} />
        </Panel>
        {parts.length > 0 && (
          <Panel title="Its instalments" intro="Those that were released are filled.">
            <InstalmentsChart parts={parts} />
          </Panel>
        )}
        <Panel title="Released" flush>
          <ReleasedTable done={done} />
        </Panel>
        <Panel title="To come" flush>
          <ToComeTable order={order} more={more} />
        </Panel>
        <Panel title="What, and for whom">
          <Facts>
            <Fact label="Product">
              <RowLink to={`/stock/${encodeURIComponent(sku)}/show`}>
                {title ? `${title} (${sku})` : sku}
              </RowLink>
            </Fact>
            <Fact label="Email">
              {customerId ? (
                <RowLink to={`/customers/${encodeURIComponent(customerId)}/show`}>{email}</RowLink>
              ) : (
                email
              )}
            </Fact>
            <Fact label="Ships to">{addressLines(shippingAddress).join(', ')}</Fact>
            <Fact label="Made">
              <When at={order.createdAt} exact /> by {order.createdBy}
            </Fact>
          </Facts>
        </Panel>
      </Stack>
    </>
  );
}

/** All about a paced order. */
export function PacedOrderPage() {
  return (
    <ShowBase queryOptions={{ refetchInterval: REFRESH_MS }}>
      <Content />
    </ShowBase>
  );
}
