import { useDesk } from '../../data/useDesk';
import { FormDialog } from '../../parts/FormDialog';
import { useAttemptKey } from '../parts/attempts';
import { QuantityFields, TrackingFields } from '../parts/ParcelFields';
import { type ParcelValues, parcelItems, quantityMessages, trackingOf, wholeParcel } from '../parts/parcel';
import type { DeskOrder } from '../types';

/** Records what somebody of the shop has sent. */
export function ShipDialog({
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
  return (
    <FormDialog<ParcelValues>
      open
      title="Fulfil by hand"
      intro="For what you have sent yourself. The customer sees the shipment; this cannot be taken back."
      save="It is sent"
      defaultValues={wholeParcel(order.unassigned)}
      validate={({ carrier, quantities }) => ({
        carrier: carrier?.trim() ? undefined : 'Say who carries it.',
        quantities: quantityMessages(order.unassigned, quantities),
      })}
      onSave={async (values) => {
        const items = parcelItems(order.unassigned, values.quantities);
        const parcel = { ...trackingOf(values), items, carrier: values.carrier.trim() };
        await desk.fulfilByHand(order.id, parcel, keyOf(parcel));
        onDone();
      }}
      onClose={onClose}
    >
      <QuantityFields items={order.unassigned} />
      <TrackingFields />
    </FormDialog>
  );
}
