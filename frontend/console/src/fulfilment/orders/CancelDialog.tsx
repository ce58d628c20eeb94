import { formatMoney } from '@ironmonger/api';
import { useDesk } from '../../data/useDesk';
import { FormDialog } from '../../parts/FormDialog';
import { TextControl } from '../../parts/TextControl';
import { useAttemptKey } from '../parts/attempts';
import { SureField } from '../parts/ParcelFields';
import type { DeskOrder } from '../types';

/** The most characters of the reason. */
const MAX_REASON = 500;

/** Cancels an order and gives the money back. */
export function CancelDialog({
  order,
  onDone,
  onClose,
}: {
  order: DeskOrder;
  onDone: () => void;
  onClose: () => void;
}) {
  const desk = useDesk();
  const keyOf = useAttemptKey();
  const back = order.refundable ? formatMoney(order.refundable) : 'what was not sent';
  return (
    <FormDialog<{ reason: string; sure: boolean }>
      open
      title={`Cancel order ${order.number}?`}
      intro={`Open tasks are called off at their suppliers, and the customer gets ${back} back. This cannot be taken back.`}
      save="Cancel and refund"
      defaultValues={{ reason: '', sure: false }}
      validate={({ reason, sure }) => ({
        reason: reason?.trim() ? undefined : 'Say why: it is kept with the order.',
        sure: sure ? undefined : 'Set the tick, if you are sure.',
      })}
      onSave={async ({ reason }) => {
        await desk.cancelOrder(order.id, reason.trim(), keyOf(reason.trim()));
        onDone();
      }}
      onClose={onClose}
    >
      <TextControl source="reason" label="Reason" max={MAX_REASON} rows={2} required autoFocus />
      <SureField label={`Give ${back} back to the customer`} />
    </FormDialog>
  );
}
