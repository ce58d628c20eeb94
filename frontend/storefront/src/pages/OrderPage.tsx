import { isForbidden, isNotFound, type Order } from '@ironmonger/api';
import type { Liveness } from '@ironmonger/realtime/react';
import { getRouteApi, Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Failure } from '../components/Failure';
import { LinkIcon, TickIcon } from '../components/Icons';
import { LiveMark } from '../components/LiveMark';
import { OrderAddress, OrderGoods, OrderRefund, Shipments, Timeline } from '../components/OrderParts';
import { PayForm } from '../components/PayForm';
import { Steps } from '../components/Steps';
import { Tape } from '../components/Tape';
import { useUser } from '../lib/identity';
import {
  forgetOrder,
  fragmentWith,
  isFinal,
  rememberOrder,
  statusWords,
  stopsReached,
  tokenFor,
  tokenInFragment,
} from '../lib/orders';
import { usePageTitle } from '../lib/page';
import { BY_ACCOUNT, type OrderAccess, useOrder } from '../lib/useOrder';

const route = getRouteApi('/orders/$orderId');
const mine = getRouteApi('/account/orders/$orderId');

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

function OrderView({ order, access, liveness }: { order: Order; access: OrderAccess; liveness: Liveness }) {
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
          {payable && <PayForm order={order} access={access} />}
          {stopsReached(order.status) > 0 && !payable && (
            <section aria-label="Progress" className="card p-5 sm:p-7">
              <Tape status={order.status} />
              {!isFinal(order.status) && <LiveMark liveness={liveness} />}
            </section>
          )}
          {order.status === 'expired' && (
            <Link to="/products" className="btn btn-main">
              Start again
            </Link>
          )}
          <OrderRefund order={order} />
          <Shipments order={order} />
          <Timeline order={order} />
        </div>
        <div className="space-y-6">
          <OrderGoods order={order} />
          <OrderAddress order={order} />
          {access.kind === 'link' && <ShareLink order={order} token={access.token} />}
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
      <p className="mt-3 leading-relaxed text-iron-700">
        If you have an account, the order may be in it by now: then it opens once you are signed in.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <Link to="/orders" className="btn btn-main">
          Orders on this device
        </Link>
        <Link to="/sign-in" search={{ next: '/account/orders' }} className="btn btn-quiet">
          Sign in
        </Link>
      </div>
    </div>
  );
}

/** Leads on to an order that has come into an account, which alone opens it from then on. */
function ToAccount({ id }: { id: string }) {
  const navigate = useNavigate();
  useEffect(() => {
    forgetOrder(id);
    void navigate({ to: '/account/orders/$orderId', params: { orderId: id }, replace: true });
  }, [id, navigate]);
  return null;
}

function NoSuchOrder() {
  usePageTitle('Order');
  return (
    <div className="card max-w-2xl p-8">
      <h1 className="text-3xl font-extrabold">This order is not in your account</h1>
      <p className="mt-4 leading-relaxed text-iron-700">
        It may have been placed with another email address. An order placed as a guest opens with its private
        link.
      </p>
      <Link to="/account/orders" className="btn btn-main mt-6">
        Your orders
      </Link>
    </div>
  );
}

function FollowedOrder({ id, access }: { id: string; access: OrderAccess }) {
  const { query, liveness } = useOrder(id, access);
  const { data: order, error, isPending, refetch } = query;
  const user = useUser();
  usePageTitle(order ? `Order ${order.number}` : 'Order');

  // A link that proved right is kept, so that the order is listed on this device from now on.
  const token = access.kind === 'link' ? access.token : undefined;
  const number = order?.number;
  const placedAt = order?.createdAt;
  useEffect(() => {
    if (token && number && placedAt) rememberOrder(id, { token, number, placedAt });
  }, [id, token, number, placedAt]);

  if (order) return <OrderView order={order} access={access} liveness={liveness} />;
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
  if (isNotFound(error) || isForbidden(error)) {
    if (!token) return <NoSuchOrder />;
    return user ? <ToAccount id={id} /> : <LinkNeeded />;
  }
  return <Failure title="The order could not be loaded" error={error} onRetry={() => void refetch()} />;
}

/** An order, as its buyer follows it. */
export function OrderPage() {
  const { orderId } = route.useParams();
  const fragment = useLocation({ select: (location) => location.hash });
  const token = tokenFor(orderId, fragment);
  const navigate = route.useNavigate();
  const user = useUser();

  // The address bar always holds the link that can be shared between one's devices.
  useEffect(() => {
    if (token && tokenInFragment(fragment) !== token) {
      void navigate({ hash: fragmentWith(token), replace: true, hashScrollIntoView: false });
    }
  }, [token, fragment, navigate]);

  if (!token && user) return <ToAccount id={orderId} />;
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      {token ? <FollowedOrder key={orderId} id={orderId} access={{ kind: 'link', token }} /> : <LinkNeeded />}
    </div>
  );
}

/** An order of the account, as its buyer follows it. */
export function MyOrderPage() {
  const { orderId } = mine.useParams();
  return <FollowedOrder key={orderId} id={orderId} access={BY_ACCOUNT} />;
}
