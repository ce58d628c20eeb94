import { type CartItem, formatMoney, messageOf } from '@ironmonger/api';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { CartLine } from '../components/CartLine';
import { Failure } from '../components/Failure';
import {
  acceptPrices,
  countPieces,
  formerPrice,
  readSeenPrices,
  shortage,
  useCart,
  useChangeLine,
} from '../lib/cart';
import { usePageTitle } from '../lib/page';

function EmptyCart() {
  return (
    <div className="pegboard rounded-2xl p-6 sm:p-14">
      <div className="mx-auto max-w-md rounded-xl bg-white p-8 text-center shadow-drawer">
        <h2 className="text-2xl font-bold">Nothing in it yet</h2>
        <p className="mt-3 text-iron-700">Hooks are free. What hangs on them is on the shelves.</p>
        <Link to="/products" className="btn btn-main mt-6">
          Browse the shop
        </Link>
      </div>
    </div>
  );
}

function Undo({ item, onDone }: { item: CartItem; onDone: () => void }) {
  const announce = useAnnounce();
  const change = useChangeLine();
  const button = useRef<HTMLButtonElement>(null);
  // The button that removed the line is gone: its counterpart takes the focus.
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="rise flex flex-wrap items-center gap-x-4 gap-y-2 bg-enamel-100 px-4 py-3 sm:px-5">
      <p className="font-semibold text-enamel-900">{item.title} removed.</p>
      <button
        ref={button}
        type="button"
        className="btn btn-quiet"
        onClick={() =>
          change.mutate(
            { sku: item.sku, quantity: item.quantity },
            {
              onSuccess: () => {
                announce(`${item.title} is back in your cart.`);
                onDone();
              },
            },
          )
        }
      >
        {change.isPending ? 'Putting it back…' : 'Undo'}
      </button>
      {change.error && (
        <p role="alert" className="font-semibold text-oxide-700">
          {messageOf(change.error)}
        </p>
      )}
    </div>
  );
}

/** What the shopper is about to buy. */
export function CartPage() {
  usePageTitle('Your cart');
  const announce = useAnnounce();
  const { data: cart, error, isPending, refetch } = useCart();
  const remove = useChangeLine();
  const [removed, setRemoved] = useState<CartItem>();
  const [seen, setSeen] = useState(readSeenPrices);

  const items = cart?.items ?? [];
  const short = items.filter((item) => shortage(item));
  const repriced = items.filter((item) => formerPrice(item, seen));

  function removeLine(item: CartItem) {
    remove.mutate(
      { sku: item.sku, quantity: 0 },
      {
        onSuccess: () => {
          setRemoved(item);
          announce(`${item.title} removed.`);
        },
      },
    );
  }

  const pieces = countPieces(cart);
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <h1 className="mb-7 text-4xl font-black sm:text-5xl">Your cart</h1>
      {isPending && <div className="skeleton h-64 rounded-xl" aria-hidden="true" />}
      {error && cart === undefined && (
        <Failure title="Your cart could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {remove.error && (
        <p role="alert" className="mb-4 rounded-lg bg-oxide-100 p-4 font-semibold text-oxide-700">
          {messageOf(remove.error)}
        </p>
      )}
      {removed && (
        <div className="mb-4 overflow-hidden rounded-xl">
          <Undo key={removed.sku} item={removed} onDone={() => setRemoved(undefined)} />
        </div>
      )}
      {cart !== undefined && items.length === 0 && <EmptyCart />}
      {cart && items.length > 0 && (
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem] lg:gap-10">
          <ul className="card divide-y divide-iron-200">
            {items.map((item) => (
              <li key={item.sku}>
                <CartLine item={item} former={formerPrice(item, seen)} onRemove={removeLine} />
              </li>
            ))}
          </ul>
          <section aria-labelledby="summary" className="card sticky top-24 p-6">
            <h2 id="summary" className="text-xl font-bold">
              Summary
            </h2>
            <p className="mt-4 flex items-baseline justify-between gap-4">
              <span>Subtotal, {pieces === 1 ? '1 item' : `${pieces} items`}</span>
              <span className="font-display text-2xl font-bold">{formatMoney(cart.subtotal)}</span>
            </p>
            <p className="mt-2 text-[0.95rem] text-iron-700">
              Delivery and tax are worked out from your address, and shown before you pay.
            </p>
            {repriced.length > 0 && (
              <div className="mt-4 rounded-lg bg-tape-100 p-3 text-[0.95rem]">
                <p>
                  {repriced.length === 1 ? 'A price has' : `${repriced.length} prices have`} changed since you
                  last looked. The summary has the new {repriced.length === 1 ? 'one' : 'ones'}.
                </p>
                <button
                  type="button"
                  className="link min-h-11 cursor-pointer"
                  onClick={() => {
                    acceptPrices(cart);
                    setSeen(readSeenPrices());
                  }}
                >
                  Understood
                </button>
              </div>
            )}
            {short.length > 0 ? (
              <p className="mt-5 rounded-lg bg-oxide-100 p-3 font-semibold text-oxide-700">
                {short.length === 1 ? 'One line is' : `${short.length} lines are`} short. Change or remove{' '}
                {short.length === 1 ? 'it' : 'them'} to check out.
              </p>
            ) : (
              <Link to="/checkout" className="btn btn-main mt-5 w-full text-lg">
                Check out
              </Link>
            )}
            <Link to="/products" className="link mt-4 inline-block py-1">
              Keep shopping
            </Link>
          </section>
        </div>
      )}
    </div>
  );
}
