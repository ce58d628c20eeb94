import { Link } from '@tanstack/react-router';
import { knownOrders } from '../lib/orders';
import { usePageTitle } from '../lib/page';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

/** The orders that this device can open. */
export function OrdersPage() {
  usePageTitle('Your orders');
  const orders = knownOrders();
  return (
    <div className="mx-auto max-w-4xl px-4 pt-8 sm:pt-12 lg:px-8">
      <h1 className="text-4xl font-black sm:text-5xl">Your orders</h1>
      <p className="mt-3 text-lg text-iron-700">
        Those placed on this device, or opened here with their private link.
      </p>
      {orders.length === 0 ? (
        <div className="card mt-8 p-8 text-center">
          <h2 className="text-2xl font-bold">None yet</h2>
          <p className="mt-3 text-iron-700">Once you order something, you find it here again.</p>
          <Link to="/products" className="btn btn-main mt-6">
            Browse the shop
          </Link>
        </div>
      ) : (
        <ul className="mt-8 space-y-3">
          {orders.map(({ id, number, placedAt }) => (
            <li
              key={id}
              className="card relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 p-5 hover:shadow-drawer"
            >
              <Link
                to="/orders/$orderId"
                params={{ orderId: id }}
                className="font-display text-xl font-bold after:absolute after:inset-0"
              >
                Order {number ?? id}
              </Link>
              {placedAt && (
                <time dateTime={placedAt} className="text-iron-700">
                  {day.format(new Date(placedAt))}
                </time>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
