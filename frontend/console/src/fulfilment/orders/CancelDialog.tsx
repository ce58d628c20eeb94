import { formatMoney } from '@ironmonger/api';
import { useDesk } from '../../data/useDesk';
import { DeedDialog, type DeedProps, WordsField } from '../parts/DeedDialog';
import { SureField } from '../parts/ParcelFields';
import type { DeskOrder } from '../types';

/** Cancels an order and gives the money back. */
export function CancelDialog({ order, ...deed }: DeedProps & { order: DeskOrder }) {
  const desk = useDesk();
  const back = order.refundable ? formatMoney(order.refundable) : 'what was not sent';
  return (
    <DeedDialog<{ reason: string; sure: boolean }, string>
      {...deed}
      title={`Cancel order ${order.number}?`}
      intro={`Open tasks are called off at their suppliers, and the customer gets ${back} back. This cannot be taken back.`}
      save="Cancel and refund"
      defaultValues={{ reason: '', sure: false }}
      validate={({ reason, sure }) => ({
        reason: reason?.trim() ? undefined : 'Say why: it is kept with the order.',
        sure: sure ? undefined : 'Set the tick, if you are sure.',
      })}
      request={({ reason }) => reason.trim()}
      send={(reason, key) => desk.cancelOrder(order.id, reason, key)}
    >
      <WordsField source="reason" label="Reason" />
      <SureField label={`Give ${back} back to the customer`} />
    </DeedDialog>
  );
}
