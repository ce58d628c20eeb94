import { formatMoney } from '@ironmonger/api';
import Box from '@mui/material/Box';
import { useDesk } from '../../data/useDesk';
import { roughDuration } from '../../lib/duration';
import { SelectControl } from '../parts/controls';
import { DeedDialog, type DeedProps } from '../parts/DeedDialog';
import { fieldOf } from '../parts/parcel';
import type { DeskOrder, LineCandidate, LineFor } from '../types';
import { refusalWords } from '../words';

/** Leaves a line as it is. */
const NOBODY = 'nobody';

function words({ supplierName, cost, leadTimeSeconds, refusal }: LineCandidate): string {
  const offer = `${supplierName}: ${formatMoney(cost)}, ${roughDuration(leadTimeSeconds)}`;
  return refusal ? `${offer}, though ${refusalWords(refusal)}` : offer;
}

/** Gives lines that nobody sends to suppliers of one's choice. */
export function AssignDialog({ order, ...deed }: DeedProps & { order: DeskOrder }) {
  const desk = useDesk();
  const lines = order.unassigned.filter(({ candidates }) => candidates.length > 0);
  const chosen = (suppliers: Record<string, string> | undefined) =>
    lines.flatMap(({ sku, quantity }) => {
      const supplierId = suppliers?.[fieldOf(sku)];
      return supplierId && supplierId !== NOBODY ? [{ sku, quantity, supplierId }] : [];
    });
  return (
    <DeedDialog<{ suppliers: Record<string, string> }, LineFor[]>
      {...deed}
      title="Assign"
      intro="You decide who sends what, whatever the routing rules say."
      save="Assign"
      defaultValues={{
        suppliers: Object.fromEntries(
          lines.map(({ sku, candidates }) => [
            fieldOf(sku),
            candidates.find(({ refusal }) => refusal === null)?.supplierId ?? NOBODY,
          ]),
        ),
      }}
      validate={({ suppliers }) => {
        const [first] = lines;
        return first && chosen(suppliers).length === 0
          ? { suppliers: { [fieldOf(first.sku)]: 'Choose a supplier for at least one line.' } }
          : {};
      }}
      request={({ suppliers }) => chosen(suppliers)}
      send={(wanted, key) => desk.assignOrder(order.id, wanted, key)}
    >
      {lines.length === 0 && <Box>Nobody offers what is left of this order.</Box>}
      {lines.map(({ sku, quantity, candidates }) => (
        <SelectControl
          key={sku}
          source={`suppliers.${fieldOf(sku)}`}
          label={`${quantity} × ${sku}`}
          choices={[
            ...candidates.map((candidate) => ({ id: candidate.supplierId, name: words(candidate) })),
            { id: NOBODY, name: 'Nobody yet' },
          ]}
        />
      ))}
    </DeedDialog>
  );
}
