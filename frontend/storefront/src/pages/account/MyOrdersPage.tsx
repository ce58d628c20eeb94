import { formatMoney, type OrderSummary } from '@ironmonger/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '../../components/Failure';
import { myOrdersQuery } from '../../lib/account';
import { statusLabel } from '../../lib/orders';
import { usePageTitle } from '../../lib/page';
import { AccountHeading } from './AccountLayout';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

function Summary({ order }: { order: OrderSummary }) {
  const more = order.itemCount - 1;
  return (
    <li className="card relative grid gap-x-6 gap-y-1 p-5 hover:shadow-drawer sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <h2 className="text-xl font-bold">
          <Link
            to="/account/orders/$orderId"
            params={{ orderId: order.id }}
            className="after:absolute after:inset-0"
          >
            Order {order.number}
          </Link>
        </h2>
        <p className="mt-1 text-iron-700">
          {order.title}
          {more > 0 && ` and ${more === 1 ? 'one more' : `${more} more`}`}
        </p>
      </div>
      <div className="flex flex-wrap items-baseline gap-x-4 sm:flex-col sm:items-end">
        <p className="font-display text-xl font-bold">{formatMoney(order.total)}</p>
        <p className="font-semibold text-enamel-800">{statusLabel(order.status)}</p>
        <time dateTime={order.createdAt} className="text-sm text-iron-700">
          {day.format(new Date(order.createdAt))}
        </time>
      </div>
    </li>
  );
}

/** The orders of the account, the latest first. */
export function MyOrdersPage() {
  usePageTitle('Your orders');
  const list = useInfiniteQuery(myOrdersQuery);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const orders = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <AccountHeading>Your orders</AccountHeading>
      {isPending && <div className="skeleton h-56 rounded-xl" aria-hidden="true" />}
      {error && !data && (
        <Failure title="Your orders could not be loaded" error={error} onRetry={() => void list.refetch()} />
      )}
      {data && orders.length === 0 && (
        <div className="card p-8">
          <h2 className="text-2xl font-bold">None yet</h2>
          <p className="mt-3 text-iron-700">
            Orders placed as a guest with your email address come here by themselves when you sign in.
          </p>
          <Link to="/products" className="btn btn-main mt-6">
            Browse the shop
          </Link>
        </div>
      )}
      <ul className="space-y-3">
        {orders.map((order) => (
          <Summary key={order.id} order={order} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="mt-6">
          {isFetchNextPageError && (
            <p role="alert" className="mb-3 font-semibold text-oxide-700">
              The earlier ones could not be loaded.
            </p>
          )}
          <button
            type="button"
            className="btn btn-quiet"
            aria-disabled={isFetchingNextPage}
            onClick={() => !isFetchingNextPage && void list.fetchNextPage()}
          >
            {isFetchingNextPage ? 'Fetching…' : 'Show earlier orders'}
          </button>
        </div>
      )}
    </>
  );
}
