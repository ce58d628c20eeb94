import { type Cart, formatMoney } from '@ironmonger/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DetailsForm } from '../components/DetailsForm';
import { Failure } from '../components/Failure';
import { OrderLines } from '../components/OrderLines';
import { Steps } from '../components/Steps';
import { addressesQuery } from '../lib/addresses';
import { useCart } from '../lib/cart';
import { useIdentity } from '../lib/identity';
import { usePageTitle } from '../lib/page';

function Goods({ cart }: { cart: Cart }) {
  return (
    <section aria-labelledby="goods" className="card p-6 lg:sticky lg:top-28">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="goods" className="text-xl font-bold">
          In your cart
        </h2>
        <Link to="/cart" className="link py-1">
          Change
        </Link>
      </div>
      <OrderLines lines={cart.items} />
      <p className="mt-5 flex items-baseline justify-between border-t-2 border-iron-950 pt-4">
        <span>Subtotal</span>
        <span className="font-display text-2xl font-bold">{formatMoney(cart.subtotal)}</span>
      </p>
    </section>
  );
}

interface DeliveryProps {
  cart: Cart;
  onDoubt: (doubtful: boolean) => void;
}

/** A guest's form, or a customer's with the address book. */
function Delivery(props: DeliveryProps) {
  const identity = useIdentity();
  const signedIn = identity.status === 'signedIn';
  const book = useQuery({ ...addressesQuery, enabled: signedIn });
  if (identity.status === 'loading' || (signedIn && book.isPending)) {
    return <div className="skeleton h-96 rounded-xl" aria-hidden="true" />;
  }
  if (identity.status === 'guest') {
    return (
      <div className="space-y-6">
        <p className="rounded-lg bg-enamel-100 px-4 py-3 text-enamel-900">
          Have an account?{' '}
          <Link to="/sign-in" search={{ next: '/checkout' }} className="link inline-block py-1">
            Sign in
          </Link>{' '}
          and your addresses are at hand.
        </p>
        <DetailsForm {...props} customer={undefined} />
      </div>
    );
  }
  // An address book that cannot be loaded is no reason to turn somebody away: the address is typed.
  const addresses = book.data?.items ?? [];
  return (
    <DetailsForm key={identity.user.id} {...props} customer={{ email: identity.user.email, addresses }} />
  );
}

/** Who buys and where it goes. */
export function CheckoutPage() {
  usePageTitle('Delivery');
  const { data: present, error, isPending, refetch } = useCart();
  // An order that was placed took its cart away. Until its answer is here, the form must stay, since
  // sending the same order again is how to get that answer.
  const [doubtful, setDoubtful] = useState<Cart>();
  const cart = doubtful ?? present;
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <Steps current="Delivery" />
      <h1 className="mb-7 text-4xl font-black sm:text-5xl">Where shall it go?</h1>
      {isPending && <div className="skeleton h-96 rounded-xl" aria-hidden="true" />}
      {error && cart === undefined && (
        <Failure title="Your cart could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {cart && cart.items.length > 0 ? (
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem] lg:gap-10">
          <Delivery cart={cart} onDoubt={(doubt) => setDoubtful(doubt ? cart : undefined)} />
          <Goods cart={cart} />
        </div>
      ) : (
        cart !== undefined && (
          <div className="card max-w-2xl p-8">
            <h2 className="text-2xl font-bold">There is nothing to order</h2>
            <p className="mt-3 text-iron-700">Your cart is empty, or it has become an order already.</p>
            <div className="mt-6 flex flex-wrap gap-3">
              <Link to="/products" className="btn btn-main">
                Browse the shop
              </Link>
              <Link to="/orders" className="btn btn-quiet">
                Your orders
              </Link>
            </div>
          </div>
        )
      )}
    </div>
  );
}
