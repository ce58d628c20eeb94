import { formatMoney } from '@ironmonger/api';
import { useDesk } from '../../data/useDesk';
import { DeedDialog, type DeedProps, WordsField } from '../parts/DeedDialog';
import { SureField } from '../parts/ParcelFields';
import type { DeskOrder } from '../types';

/** Says that a person paid back what the payment provider would not. */
export function SettleRefundDialog({ order, ...deed }: DeedProps & { order: DeskOrder }) {
  const desk = useDesk();
  const refund = order.cancellation?.refund;
  const amount = refund ? formatMoney(refund.amount) : 'The money';
  return (
    <DeedDialog<{ note: string; sure: boolean }, string>
      {...deed}
      title="Paid back another way?"
      intro={`For ${amount} that you have paid back yourself, by bank transfer say, as the payment provider would not. The order is refunded then, and the customer is told so. This cannot be taken back.`}
      save="It is paid back"
      defaultValues={{ note: '', sure: false }}
      validate={({ note, sure }) => ({
        note: note?.trim() ? undefined : 'Say how, so that others can find the payment.',
        sure: sure ? undefined : 'Set the tick, if you are sure.',
      })}
      request={({ note }) => note.trim()}
      send={(note, key) => desk.settleRefund(order.id, note, key)}
    >
      <WordsField source="note" label="How it was paid back" />
      <SureField label={`${amount} has left our account`} />
    </DeedDialog>
  );
}
