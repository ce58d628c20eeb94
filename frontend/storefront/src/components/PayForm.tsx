import { ApiError, fieldErrors, formatMoney, messageOf, type Order } from '@ironmonger/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { attempt } from '../lib/attempts';
import { groupDigits, parseTestCard, TEST_CARDS } from '../lib/cards';
import { timeLeft } from '../lib/orders';
import { type OrderAccess, orderKey, payFor, useNow } from '../lib/useOrder';
import { useAnnounce } from './Announcer';
import { Field } from './Field';
import { ClockIcon } from './Icons';

const NOT_A_TEST_CARD =
  'Use one of the test numbers above. This shop takes no real cards, and did not send what you typed.';

function Countdown({ payBefore }: { payBefore: string }) {
  const now = useNow(true);
  const left = timeLeft(payBefore, now);
  return (
    <p className="flex items-center gap-2 text-iron-700">
      <ClockIcon />
      {left ? (
        <span>
          Held for you for <span className="font-bold text-iron-950 tabular-nums">{left}</span> more
        </span>
      ) : (
        'The time to pay has run out.'
      )}
    </p>
  );
}

/** Takes a payment for an order, again and again until one goes through or the order expires. */
export function PayForm({ order, access }: { order: Order; access: OrderAccess }) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [cardError, setCardError] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const queryKey = orderKey(order.id, access);

  function refuse(onCard: string | undefined, above: string | undefined) {
    setCardError(onCard);
    setRefusal(above);
    input.current?.focus();
  }

  const pay = useMutation({
    mutationFn: (cardNumber: string) => {
      const payment = { provider: 'sandbox' as const, cardNumber };
      return attempt(`payment.${order.id}`, payment, (key) => payFor(order.id, access, payment, key));
    },
    onSuccess: (paid) => {
      client.setQueryData(queryKey, paid);
      announce('Thank you, your payment went through.');
      document.getElementById('main')?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    },
    onError: (error) => {
      const kind = error instanceof ApiError ? error.problem.kind : undefined;
      if (kind === 'payment-declined') {
        refuse(undefined, 'Your card was declined and nothing was charged. Try another one.');
      } else if (error instanceof ApiError) {
        const { fields, others } = fieldErrors(error.problem, { '/cardNumber': 'cardNumber' } as const);
        refuse(fields.cardNumber, others[0]);
      } else {
        refuse(undefined, messageOf(error));
      }
      void client.invalidateQueries({ queryKey });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pay.isPending) return;
    const card = parseTestCard(typed);
    if (!card) {
      refuse(typed.trim() === '' ? 'Type a card number.' : NOT_A_TEST_CARD, undefined);
      return;
    }
    setCardError(undefined);
    setRefusal(undefined);
    pay.mutate(card);
  }

  const declinedBefore = !refusal && !pay.isPending && order.payment?.status === 'declined';
  return (
    <form noValidate onSubmit={submit} className="card p-5 sm:p-7" aria-labelledby="pay">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="pay" className="text-2xl font-bold">
          Pay {formatMoney(order.totals.total)}
        </h2>
        <Countdown payBefore={order.payBefore} />
      </div>
      {(refusal || declinedBefore) && (
        <p role="alert" className="mt-5 rounded-lg bg-oxide-100 p-4 font-semibold text-oxide-700">
          {refusal ?? 'The last card was declined and nothing was charged. Try another one.'}
        </p>
      )}
      <div className="mt-5 rounded-lg bg-tape-100 p-4">
        <p className="font-semibold">This is a sandbox: type one of its test numbers.</p>
        <ul className="mt-1.5 space-y-1">
          {TEST_CARDS.map(({ number, outcome }) => (
            <li key={number}>
              <code className="font-sans font-semibold whitespace-nowrap tabular-nums">
                {groupDigits(number)}
              </code>{' '}
              {outcome}
            </li>
          ))}
        </ul>
      </div>
      <div className="mt-5 grid items-end gap-4 sm:grid-cols-[1fr_auto]">
        <Field id="card-number" label="Card number" error={cardError}>
          {(control) => (
            <input
              {...control}
              ref={input}
              className="input tabular-nums"
              inputMode="numeric"
              autoComplete="off"
              spellCheck={false}
              maxLength={24}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <button
          type="submit"
          className={`btn btn-main px-8 text-lg ${cardError ? 'self-start sm:mt-8' : ''}`}
          aria-disabled={pay.isPending}
        >
          {pay.isPending ? 'Paying…' : `Pay ${formatMoney(order.totals.total)}`}
        </button>
      </div>
    </form>
  );
}
