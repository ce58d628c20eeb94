import {
  ADDRESS_LABELS,
  ADDRESS_ORDER,
  addressValues,
  type Cart,
  isNotFound,
  isTransient,
  NO_ADDRESS,
  type SavedAddress,
  toAddress,
} from '@ironmonger/api';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { firstAddress } from '../lib/addresses';
import { cartQuery } from '../lib/cart';
import {
  type DetailField,
  type Details,
  isShortage,
  missing,
  refusals,
  toGuestRequest,
  toMyRequest,
} from '../lib/checkout';
import { hasErrors, useForm } from '../lib/forms';
import { usePlaceOrder } from '../lib/placing';
import { AddressChoice, NEW_ADDRESS } from './AddressChoice';
import { AddressFields } from './AddressFields';
import { SubmitButton } from './AuthCard';
import { FormErrors, TextField } from './Field';

interface Props {
  cart: Cart;
  /** Who is signed in, with their address book; `undefined` for a guest. */
  customer: { email: string; addresses: readonly SavedAddress[] } | undefined;
  /** Told whether an order of this cart may have been placed without its answer arriving. */
  onDoubt: (doubtful: boolean) => void;
}

const EMPTY: Details = { email: '', ...NO_ADDRESS };

const LABELS: Readonly<Record<DetailField, string>> = { email: 'Email address', ...ADDRESS_LABELS };

/** Where an order goes, and the button that places it. */
export function DetailsForm({ cart, customer, onDoubt }: Props) {
  const client = useQueryClient();
  const form = useForm<DetailField>(EMPTY);
  const [chosen, setChosen] = useState(() => firstAddress(customer?.addresses ?? [])?.id ?? NEW_ADDRESS);
  const [keep, setKeep] = useState(true);
  const saved = customer?.addresses.find(({ id }) => id === chosen);
  const place = usePlaceOrder({
    onError: (error) => {
      onDoubt(isTransient(error));
      form.fail(refusals(error));
      if (isShortage(error) || isNotFound(error)) {
        void client.invalidateQueries({ queryKey: cartQuery.queryKey });
      }
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (place.isPending) return;
    const asked: DetailField[] = [...(customer ? [] : ['email' as const]), ...(saved ? [] : ADDRESS_ORDER)];
    const gaps = missing(form.values, asked);
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    if (!customer) return place.mutate({ by: 'guest', order: toGuestRequest(cart.id, form.values) });
    const address = toAddress(saved ? addressValues(saved) : form.values);
    place.mutate({ by: 'account', order: toMyRequest(cart.id, address), keepAddress: !saved && keep });
  }

  return (
    <form ref={form.form} noValidate onSubmit={submit} className="space-y-6">
      <FormErrors
        form={form}
        prefix="checkout"
        labels={LABELS}
        more={
          isShortage(place.error)
            ? [
                <Link key="cart" to="/cart" className="link">
                  Change the quantities in your cart
                </Link>,
              ]
            : []
        }
      />
      {customer && (
        <p className="text-iron-700">
          Signed in as <span className="font-semibold break-all text-iron-950">{customer.email}</span>: the
          order shows in your account.
        </p>
      )}
      {customer && customer.addresses.length > 0 && (
        <AddressChoice addresses={customer.addresses} chosen={chosen} onChoose={setChosen} />
      )}
      {!saved && (
        <fieldset className="card p-5 sm:p-7">
          <legend className="sr-only">Where it goes</legend>
          <div className="grid gap-5 sm:grid-cols-2">
            {!customer && (
              <div className="sm:col-span-2">
                <TextField
                  form={form}
                  prefix="checkout"
                  name="email"
                  label={LABELS.email}
                  hint="For this order only."
                  type="email"
                  inputMode="email"
                  autoComplete="email"
                />
              </div>
            )}
            <AddressFields form={form} prefix="checkout" />
          </div>
          {customer && (
            <label className="mt-5 flex cursor-pointer gap-3 py-1">
              <input
                type="checkbox"
                className="check"
                checked={keep}
                onChange={(event) => setKeep(event.target.checked)}
              />
              <span>Keep it in my address book</span>
            </label>
          )}
        </fieldset>
      )}
      <SubmitButton
        pending={place.isPending}
        busy="Placing your order…"
        className="w-full text-lg sm:w-auto sm:px-10"
      >
        Place order and go to payment
      </SubmitButton>
      <p className="text-[0.95rem] text-iron-700">
        Placing it holds the goods for you. The full price, with delivery and tax, is shown before you pay.
      </p>
    </form>
  );
}
