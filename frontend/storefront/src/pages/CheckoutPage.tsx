import { type Cart, isNotFound, isTransient } from '@ironmonger/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type InputHTMLAttributes, useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Failure } from '../components/Failure';
import { ErrorSummary, Field } from '../components/Field';
import { Steps } from '../components/Steps';
import { api } from '../lib/api';
import { attempt } from '../lib/attempts';
import { cartQuery, forgetCart, useCart } from '../lib/cart';
import {
  type DetailField,
  type Details,
  FIELD_ORDER,
  isOptional,
  isShortage,
  LABELS,
  missing,
  refusals,
  toRequest,
} from '../lib/checkout';
import { COUNTRIES, HOME_COUNTRY } from '../lib/countries';
import { formatMoney } from '../lib/money';
import { fragmentWith, rememberOrder } from '../lib/orders';
import { usePageTitle } from '../lib/page';

const EMPTY: Details = {
  email: '',
  name: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postalCode: '',
  country: HOME_COUNTRY,
};

const INPUTS: Readonly<Record<Exclude<DetailField, 'country'>, InputHTMLAttributes<HTMLInputElement>>> = {
  email: { type: 'email', autoComplete: 'email', inputMode: 'email' },
  name: { autoComplete: 'shipping name' },
  line1: { autoComplete: 'shipping address-line1' },
  line2: { autoComplete: 'shipping address-line2' },
  city: { autoComplete: 'shipping address-level2' },
  region: { autoComplete: 'shipping address-level1' },
  postalCode: { autoComplete: 'shipping postal-code' },
};

const WIDE: readonly DetailField[] = ['email', 'name', 'line1', 'line2'];

const idOf = (field: DetailField) => `checkout-${field}`;

interface FormProps {
  cart: Cart;
  /** Told whether an order of this cart may have been placed without its answer arriving. */
  onDoubt: (doubtful: boolean) => void;
}

function DetailsForm({ cart, onDoubt }: FormProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [details, setDetails] = useState(EMPTY);
  const [errors, setErrors] = useState(() => ({
    fields: missing(EMPTY).fields,
    others: [] as string[],
    shown: 0,
  }));
  const place = useMutation({
    mutationFn: () => {
      const order = toRequest(cart.id, details);
      return attempt('order', order, (key) => api.placeOrder(order, key));
    },
    onSuccess: async ({ order, accessToken }) => {
      rememberOrder(order.id, { token: accessToken, number: order.number, placedAt: order.createdAt });
      client.setQueryData(['order', order.id, accessToken], order);
      await navigate({
        to: '/orders/$orderId',
        params: { orderId: order.id },
        hash: fragmentWith(accessToken),
        hashScrollIntoView: false,
      });
      forgetCart();
      client.setQueryData(cartQuery.queryKey, null);
      announce(`Order ${order.number} is placed. Now for the payment.`);
    },
    onError: (error) => {
      onDoubt(isTransient(error));
      setErrors(({ shown }) => ({ ...refusals(error), shown: shown + 1 }));
      if (isShortage(error) || isNotFound(error)) {
        void client.invalidateQueries({ queryKey: cartQuery.queryKey });
      }
    },
  });

  const form = useRef<HTMLFormElement>(null);
  const { shown } = errors;
  // Each time errors come, the focus goes to the first bad field, or to the summary without one.
  useEffect(() => {
    if (shown === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (first) first.focus();
    else document.getElementById('checkout-summary')?.focus();
  }, [shown]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (place.isPending) return;
    const gaps = missing(details);
    if (Object.keys(gaps.fields).length > 0) {
      setErrors({ ...gaps, shown: shown + 1 });
      return;
    }
    setErrors({ fields: {}, others: [], shown });
    place.mutate();
  }

  const shownFields = shown > 0 ? errors.fields : {};
  const listed = FIELD_ORDER.flatMap((field) => {
    const error = shownFields[field];
    return error ? [{ id: idOf(field), label: LABELS[field], error }] : [];
  });
  return (
    <form ref={form} noValidate onSubmit={submit} className="space-y-6">
      <div id="checkout-summary" tabIndex={-1} className="empty:hidden">
        <ErrorSummary
          fields={listed}
          others={[
            ...errors.others,
            ...(isShortage(place.error)
              ? [
                  <Link key="cart" to="/cart" className="link">
                    Change the quantities in your cart
                  </Link>,
                ]
              : []),
          ]}
        />
      </div>
      <fieldset className="card p-5 sm:p-7">
        <legend className="sr-only">Where it goes</legend>
        <div className="grid gap-5 sm:grid-cols-2">
          {FIELD_ORDER.map((field) => (
            <div key={field} className={WIDE.includes(field) ? 'sm:col-span-2' : ''}>
              <Field
                id={idOf(field)}
                label={LABELS[field]}
                optional={isOptional(field)}
                error={shownFields[field]}
                hint={field === 'email' ? 'For this order only.' : undefined}
              >
                {(control) =>
                  field === 'country' ? (
                    <select
                      {...control}
                      autoComplete="shipping country"
                      className="input"
                      value={details.country}
                      onChange={(event) => setDetails({ ...details, country: event.target.value })}
                    >
                      {COUNTRIES.map(({ code, name }) => (
                        <option key={code} value={code}>
                          {name}
                        </option>
                      ))}
                    </select>
                  ) : (
                    <input
                      {...control}
                      {...INPUTS[field]}
                      className="input"
                      value={details[field]}
                      onChange={(event) => setDetails({ ...details, [field]: event.target.value })}
                    />
                  )
                }
              </Field>
            </div>
          ))}
        </div>
      </fieldset>
      <button
        type="submit"
        className="btn btn-main w-full text-lg sm:w-auto sm:px-10"
        aria-disabled={place.isPending}
      >
        {place.isPending ? 'Placing your order…' : 'Place order and go to payment'}
      </button>
      <p className="text-[0.95rem] text-iron-700">
        Placing it holds the goods for you. The full price, with delivery and tax, is shown before you pay.
      </p>
    </form>
  );
}

function Goods({ cart }: { cart: Cart }) {
  return (
    <section aria-labelledby="goods" className="card p-6 lg:sticky lg:top-24">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="goods" className="text-xl font-bold">
          In your cart
        </h2>
        <Link to="/cart" className="link py-1">
          Change
        </Link>
      </div>
      <ul className="mt-4 space-y-3">
        {cart.items.map((item) => (
          <li key={item.sku} className="flex justify-between gap-4">
            <span>
              <span className="font-semibold tabular-nums">{item.quantity} ×</span> {item.title}
              {item.variantTitle && item.variantTitle !== item.title && (
                <span className="block text-sm text-iron-700">{item.variantTitle}</span>
              )}
            </span>
            <span className="tabular-nums">{formatMoney(item.lineTotal)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-5 flex items-baseline justify-between border-t-2 border-iron-950 pt-4">
        <span>Subtotal</span>
        <span className="font-display text-2xl font-bold">{formatMoney(cart.subtotal)}</span>
      </p>
    </section>
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
          <DetailsForm cart={cart} onDoubt={(doubt) => setDoubtful(doubt ? cart : undefined)} />
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
