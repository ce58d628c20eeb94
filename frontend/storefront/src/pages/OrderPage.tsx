import { isForbidden, isNotFound, type Order } from '@ironmonger/api';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Failure } from '../components/Failure';
import { LinkIcon, TickIcon } from '../components/Icons';
import { OrderAddress, OrderGoods, Shipments, Timeline } from '../components/OrderParts';
import { PayForm } from '../components/PayForm';
import { Steps } from '../components/Steps';
import { Tape } from '../components/Tape';
import {
  fragmentWith,
  isFinal,
  rememberOrder,
  statusWords,
  stopsReached,
  tokenFor,
  tokenInFragment,
} from '../lib/orders';
import { usePageTitle } from '../lib/page';
import { useOrder } from '../lib/useOrder';

const route = getRouteApi('/orders/$orderId');

function ShareLink({ order, token }: { order: Order; token: string }) {
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const [showLink, setShowLink] = useState(false);
  const link = `${window.location.origin}/orders/${order.id}#${fragmentWith(token)}`;

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      announce('Link copied.');
    } catch {
      // No clipboard in this browser or not allowed: the link itself can be copied by hand.
      setShowLink(true);
    }
  }

  return (
    <section aria-labelledby="link" className="card p-6">
      <h2 id="link" className="text-xl font-bold">
        Your private link
      </h2>
      <p className="mt-2 text-[0.95rem] text-iron-700">
        Opens this order on your other devices. Whoever has it can see the order, so keep it to yourself.
      </p>
      {showLink ? (
        <label className="mt-4 block font-semibold">
          Copy this link
          <input readOnly value={link} className="input mt-1.5" onFocus={(event) => event.target.select()} />
        </label>
      ) : (
        <button type="button" className="btn btn-quiet mt-4" onClick={() => void copy()}>
          {copied ? <TickIcon /> : <LinkIcon />}
          {copied ? 'Copied' : 'Copy the link'}
        </button>
      )}
    </section>
  );
}

function OrderView({ order, token }: { order: Order; token: string }) {
  const announce = useAnnounce();
  const { heading, text } = statusWords(order.status);
  const announced = useRef(order.status);
  useEffect(() => {
    if (announced.current === order.status) return;
    announced.current = order.status;
    announce(`${heading}. ${text}`);
  }, [order.status, heading, text, announce]);

  const payable = order.status === 'pendingPayment';
  return (
    <>
      {payable && <Steps current="Payment" />}
      <p className="label-caps text-enamel-800">Order {order.number}</p>
      <h1 className="mt-1 text-4xl leading-[1.08] font-black sm:text-5xl" data-testid="order-heading">
        {heading}
      </h1>
      <p className="mt-3 text-lg text-iron-700" data-testid="order-status" data-status={order.status}>
        {text}
      </p>
      <div className="mt-8 grid items-start gap-6 lg:grid-cols-[1fr_22rem] lg:gap-10">
        <div className="space-y-8">
          {payable && <PayForm order={order} token={token} />}
          {stopsReached(order.status) > 0 && !payable && (
            <section aria-label="Progress" className="card p-5 sm:p-7">
              <Tape status={order.status} />
              {!isFinal(order.status) && (
                <p className="mt-5 text-[0.95rem] text-iron-700">This page keeps itself up to date.</p>
              )}
            </section>
          )}
          {order.status === 'expired' && (
            <Link to="/products" className="btn btn-main">
              Start again
            </Link>
          )}
          <Shipments order={order} />
          <Timeline order={order} />
        </div>
        <div className="space-y-6">
          <OrderGoods order={order} />
          <OrderAddress order={order} />
          <ShareLink order={order} token={token} />
        </div>
      </div>
    </>
  );
}

function LinkNeeded() {
  usePageTitle('Order');
  return (
    <div className="card max-w-2xl p-8">
      <h1 className="text-3xl font-extrabold">This order needs its private link</h1>
      <p className="mt-4 leading-relaxed text-iron-700">
        An order opens on the device that placed it, or with the whole private link from there (“Copy the
        link” on the order’s page). The address you used lacks its last part, or belongs to no order.
      </p>
      <Link to="/orders" className="btn btn-main mt-6">
        Orders on this device
      </Link>
    </div>
  );
}

function FollowedOrder({ id, token }: { id: string; token: string }) {
  const { data: order, error, isPending, refetch } = useOrder(id, token);
  usePageTitle(order ? `Order ${order.number}` : 'Order');

  // A link that proved right is kept, so that the order is listed on this device from now on.
  const number = order?.number;
  const placedAt = order?.createdAt;
  useEffect(() => {
    if (number && placedAt) rememberOrder(id, { token, number, placedAt });
  }, [id, token, number, placedAt]);

  if (order) return <OrderView order={order} token={token} />;
  if (isPending) {
    return (
      <div className="space-y-5">
        <p className="sr-only">Loading the order…</p>
        <div className="skeleton h-5 w-40" />
        <div className="skeleton h-12 w-3/4" />
        <div className="skeleton h-64 w-full" />
      </div>
    );
  }
  if (isNotFound(error) || isForbidden(error)) return <LinkNeeded />;
  return <Failure title="The order could not be loaded" error={error} onRetry={() => void refetch()} />;
}

/** An order, as its buyer follows it. */
export function OrderPage() {
  const { orderId } = route.useParams();
  const fragment = useLocation({ select: (location) => location.hash });
  const token = tokenFor(orderId, fragment);
  const navigate = route.useNavigate();

  // The address bar always holds the link that can be shared between one's devices.
  useEffect(() => {
    if (token && tokenInFragment(fragment) !== token) {
      void navigate({ hash: fragmentWith(token), replace: true, hashScrollIntoView: false });
    }
  }, [token, fragment, navigate]);

  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      {token ? <FollowedOrder key={orderId} id={orderId} token={token} /> : <LinkNeeded />}
    </div>
  );
}
