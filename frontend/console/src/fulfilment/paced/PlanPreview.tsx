import { formatMoney } from '@ironmonger/api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useWatch } from 'react-hook-form';
import { messageOf } from '../../data/errors';
import { Panel } from '../../parts/Panel';
import { Waiting } from '../../parts/Waiting';
import { count } from '../words';
import type { PacedValues } from './form';
import { InstalmentsTable } from './Instalments';
import { InstalmentsChart } from './InstalmentsChart';
import type { PlanPreview as Preview } from './types';
import { usePlanPreview } from './usePlanPreview';
import { timeWords } from './words';

function summary({ title, quantity, total, unitPrice, endsAt }: Preview): string {
  const price = `${formatMoney(unitPrice)} each today`;
  if (quantity === null || total === null) return `${title}, ${price}, without an end.`;
  const end = endsAt === null ? '' : `, the last on ${timeWords(endsAt)}`;
  return `${count(quantity, 'piece')} of ${title} for ${formatMoney(total)} in all, ${price}${end}.`;
}

/** What stands in the way of releasing all of a plan. */
function warnings({ items, available, quantity }: Preview): string[] {
  const wanted = quantity ?? items[0]?.quantity ?? 0;
  const paid = items.findIndex(({ affordable }) => !affordable);
  return [
    ...(available < wanted
      ? [
          `${count(available, 'piece')} in stock now. An instalment that finds too few waits until there are more.`,
        ]
      : []),
    ...(paid === -1
      ? []
      : [
          paid === 0
            ? 'The budget does not pay for the first instalment.'
            : `At today’s price the budget is spent after ${count(paid, 'instalment')}.`,
        ]),
  ];
}

function Instalments({ items, more }: Preview) {
  return (
    <Box>
      <InstalmentsTable
        label="Instalments"
        parts={items}
        more={[{ label: 'Cost', align: 'right', render: ({ cost }) => formatMoney(cost) }]}
      />
      {more && (
        <Box sx={{ mt: 1, color: 'text.secondary', fontSize: '0.875rem' }}>
          And so on: these are the first {items.length}.
        </Box>
      )}
    </Box>
  );
}

function Known({ preview }: { preview: Preview }) {
  return (
    <Stack spacing={2}>
      <Box role="status" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {summary(preview)}
      </Box>
      {warnings(preview).map((warning) => (
        <Alert key={warning} severity="warning">
          {warning}
        </Alert>
      ))}
      <InstalmentsChart parts={preview.items.map((item) => ({ ...item, isDone: false }))} />
      <Instalments {...preview} />
    </Stack>
  );
}

/** What would come of the plan that is in the form. */
export function PlanPreview() {
  const [sku, plan] = useWatch<PacedValues, ['sku', 'plan']>({ name: ['sku', 'plan'] });
  const { data, error, isPending, isReady } = usePlanPreview(sku, plan);
  const body = () => {
    if (!isReady) {
      return (
        <Box sx={{ color: 'text.secondary' }}>
          Fill in the SKU and the plan: its instalments show here before anything is kept.
        </Box>
      );
    }
    if (error) return <Alert severity="error">{messageOf(error)}</Alert>;
    return isPending ? <Waiting rows={4} /> : <Known preview={data} />;
  };
  return (
    <Panel title="What will happen" intro="At today’s price; each order has the price of its own day.">
      {body()}
    </Panel>
  );
}
