import { addressLines, formatMoney, type Order } from '@ironmonger/api';
import { eventWords, refundWords } from '../lib/orders';
import { ParcelIcon } from './Icons';
import { OrderLines } from './OrderLines';

const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const timeOnly = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** What was bought, and what it comes to. */
export function OrderGoods({ order }: { order: Order }) {
  const { subtotal, shipping, tax, discount, total } = order.totals;
  const rows = [
    { label: 'Subtotal', value: formatMoney(subtotal), shown: true },
    { label: 'Delivery', value: shipping.amount === 0 ? 'Free' : formatMoney(shipping), shown: true },
    { label: 'Tax', value: formatMoney(tax), shown: tax.amount !== 0 },
    { label: 'Discount', value: `−${formatMoney(discount)}`, shown: discount.amount !== 0 },
  ];
  return (
    <section aria-labelledby="goods" className="card p-6">
      <h2 id="goods" className="text-xl font-bold">
        What you ordered
      </h2>
      <OrderLines lines={order.items} />
      <dl className="mt-5 space-y-1.5 border-t border-iron-200 pt-4">
        {rows
          .filter(({ shown }) => shown)
          .map(({ label, value }) => (
            <div key={label} className="flex justify-between gap-4">
              <dt className="text-iron-700">{label}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ))}
        <div className="flex items-baseline justify-between gap-4 border-t-2 border-iron-950 pt-3">
          <dt className="font-semibold">Total</dt>
          <dd className="font-display text-2xl font-bold">{formatMoney(total)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Where it goes. */
export function OrderAddress({ order }: { order: Order }) {
  const lines = addressLines(order.shippingAddress);
  return (
    <section aria-labelledby="address" className="card p-6">
      <h2 id="address" className="text-xl font-bold">
        Going to
      </h2>
      <address className="mt-3 leading-relaxed not-italic">
        {lines.map((line) => (
          <span key={line} className="block break-words">
            {line}
          </span>
        ))}
      </address>
      <p className="mt-3 text-[0.95rem] break-words text-iron-700">{order.email}</p>
    </section>
  );
}

/** The money that goes back to whoever paid, of an order that was called off. */
export function OrderRefund({ order }: { order: Order }) {
  if (!order.refund) return null;
  const { amount, status } = order.refund;
  return (
    <section aria-labelledby="refund" className="card p-6">
      <h2 id="refund" className="text-xl font-bold">
        Your money
      </h2>
      <p className="mt-3" data-testid="refund" data-status={status}>
        {refundWords(status, formatMoney(amount))}
      </p>
    </section>
  );
}

/** The parcels that have left. */
export function Shipments({ order }: { order: Order }) {
  if (order.shipments.length === 0) return null;
  const titles = new Map(order.items.map(({ sku, title }) => [sku, title]));
  return (
    <section aria-labelledby="parcels">
      <h2 id="parcels" className="mb-3 text-xl font-bold">
        {order.shipments.length === 1 ? 'One parcel' : `${order.shipments.length} parcels`}
      </h2>
      <ul className="space-y-3">
        {order.shipments.map((parcel) => (
          <li key={parcel.id} className="card rise flex gap-4 p-5">
            <span className="grid size-11 shrink-0 place-items-center rounded-full bg-enamel-100 text-enamel-800">
              <ParcelIcon />
            </span>
            <div className="min-w-0 flex-1">
              <p className="font-semibold">
                {parcel.items
                  .map(({ sku, quantity }) => `${quantity} × ${titles.get(sku) ?? sku}`)
                  .join(', ')}
              </p>
              <p className="mt-1 text-[0.95rem] text-iron-700">
                From {parcel.supplier}
                {parcel.carrier && ` with ${parcel.carrier}`},{' '}
                <time dateTime={parcel.shippedAt}>{dayAndTime.format(new Date(parcel.shippedAt))}</time>
              </p>
              {parcel.trackingNumber && (
                <p className="mt-2">
                  Tracking number{' '}
                  <strong className="font-bold break-all select-all">{parcel.trackingNumber}</strong>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What has happened, the latest first. */
export function Timeline({ order }: { order: Order }) {
  const entries = [...order.timeline].reverse();
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="mb-4 text-xl font-bold">
        What has happened
      </h2>
      <ol className="border-l-4 border-tape-400 pl-5">
        {entries.map(({ at, type }, index) => (
          <li key={`${at} ${type}`} className="relative pb-4 last:pb-0">
            <span
              aria-hidden="true"
              className={`absolute top-1.5 -left-[1.8rem] size-3.5 rounded-full border-2 border-iron-950 ${index === 0 ? 'bg-iron-950' : 'bg-white'}`}
            />
            <p className={index === 0 ? 'font-bold' : ''}>{eventWords(type)}</p>
            <p className="text-sm text-iron-700">
              <time dateTime={at} title={dayAndTime.format(new Date(at))}>
                {timeOnly.format(new Date(at))}
              </time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
