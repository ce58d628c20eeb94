import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useIsAdmin } from '../../auth/useUser';
import { useDesk } from '../../data/useDesk';
import { Confirm } from '../../parts/Confirm';
import { useAttemptKey } from '../parts/attempts';
import type { DeskOrder, OrderAction } from '../types';
import { AssignDialog } from './AssignDialog';
import { CancelDialog } from './CancelDialog';
import { SettleRefundDialog } from './SettleRefundDialog';
import { ShipDialog } from './ShipDialog';

/** The deeds in the order of their buttons, the harmless ones first. */
const BUTTONS: readonly { deed: OrderAction; name: string }[] = [
  { deed: 'retry', name: 'Retry' },
  { deed: 'assign', name: 'Assign' },
  { deed: 'ship', name: 'Fulfil by hand' },
  { deed: 'settleRefund', name: 'Paid back another way' },
  { deed: 'cancel', name: 'Cancel and refund' },
];

/** What only admins may do. */
const ADMINS: readonly OrderAction[] = ['settleRefund'];

/** What can be done about an order, as far as it is legal now. */
export function OrderActions({ order, onChange }: { order: DeskOrder; onChange: () => void }) {
  const desk = useDesk();
  const notify = useNotify();
  const keyOf = useAttemptKey();
  const isAdmin = useIsAdmin();
  const [open, setOpen] = useState<OrderAction>();
  const close = () => setOpen(undefined);
  const done = (message: string) => () => {
    notify(message, { type: 'success' });
    onChange();
  };
  // A cancelled order has nothing left to plan: what failed is its refund.
  const isRefund = order.status === 'cancelled';
  const legal = BUTTONS.filter(
    ({ deed }) => order.actions.includes(deed) && (isAdmin || !ADMINS.includes(deed)),
  );
  return (
    <>
      {legal.map(({ deed, name }, at) => (
        <Button
          key={deed}
          variant={at === 0 && deed !== 'cancel' ? 'contained' : 'outlined'}
          color={deed === 'cancel' ? 'error' : at === 0 ? 'secondary' : 'primary'}
          onClick={() => setOpen(deed)}
        >
          {name}
        </Button>
      ))}
      <Confirm
        open={open === 'retry'}
        harmless
        title={isRefund ? 'Ask for the refund again?' : 'Plan it anew?'}
        confirm="Retry"
        onClose={close}
        onConfirm={async () => {
          await desk.retryOrder(order.id, keyOf(order));
          done(isRefund ? 'The refund is asked for again.' : 'The order is planned anew.')();
        }}
      >
        {isRefund
          ? 'The payment provider refused to give the customer’s money back. It is asked once more.'
          : 'What nobody sends is offered to all suppliers again, also to those that failed before.'}
      </Confirm>
      {open === 'assign' && (
        <AssignDialog order={order} onDone={done('The lines are assigned.')} onClose={close} />
      )}
      {open === 'ship' && (
        <ShipDialog order={order} onDone={done('The shipment is recorded.')} onClose={close} />
      )}
      {open === 'settleRefund' && (
        <SettleRefundDialog order={order} onDone={done('The order is refunded.')} onClose={close} />
      )}
      {open === 'cancel' && (
        <CancelDialog order={order} onDone={done('The order is cancelled.')} onClose={close} />
      )}
    </>
  );
}
