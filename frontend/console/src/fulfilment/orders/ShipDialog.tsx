import { useDesk } from '../../data/useDesk';
import { DeedDialog, type DeedProps } from '../parts/DeedDialog';
import { QuantityFields, TrackingFields } from '../parts/ParcelFields';
import { type ParcelValues, parcelItems, quantityMessages, trackingOf, wholeParcel } from '../parts/parcel';
import type { DeskOrder, Parcel } from '../types';

/** Records what somebody of the shop has sent. */
export function ShipDialog({ order, ...deed }: DeedProps & { order: DeskOrder }) {
  const desk = useDesk();
  return (
    <DeedDialog<ParcelValues, Parcel>
      {...deed}
      title="Fulfil by hand"
      intro="For what you have sent yourself. The customer sees the shipment; this cannot be taken back."
      save="It is sent"
      defaultValues={wholeParcel(order.unassigned)}
      validate={({ carrier, quantities }) => ({
        carrier: carrier?.trim() ? undefined : 'Say who carries it.',
        quantities: quantityMessages(order.unassigned, quantities),
      })}
      request={(values) => ({
        ...trackingOf(values),
        items: parcelItems(order.unassigned, values.quantities),
        carrier: values.carrier.trim(),
      })}
      send={(parcel, key) => desk.fulfilByHand(order.id, parcel, key)}
    >
      <QuantityFields items={order.unassigned} />
      <TrackingFields />
    </DeedDialog>
  );
}
