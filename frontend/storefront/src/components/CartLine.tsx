import { type CartItem, formatMoney, type Money, messageOf } from '@ironmonger/api';
import { Link } from '@tanstack/react-router';
import { shortage, useChangeLine } from '../lib/cart';
import { useAnnounce } from './Announcer';
import { WarnIcon } from './Icons';
import { Picture } from './Picture';
import { QuantityStepper } from './QuantityStepper';

interface Props {
  item: CartItem;
  /** What the shopper last saw it cost, where that has changed. */
  former: Money | undefined;
  onRemove: (item: CartItem) => void;
}

/** A line of the cart, with what stands in its way. */
export function CartLine({ item, former, onRemove }: Props) {
  const change = useChangeLine();
  const announce = useAnnounce();
  const short = shortage(item);
  // While a change is under way the line shows what was asked for.
  const quantity =
    change.isPending && 'quantity' in change.variables ? change.variables.quantity : item.quantity;

  function setQuantity(wanted: number) {
    change.mutate(
      { sku: item.sku, quantity: wanted },
      {
        onSuccess: (cart) => announce(`${wanted} × ${item.title}. Subtotal ${formatMoney(cart.subtotal)}.`),
      },
    );
  }

  return (
    <div className="grid grid-cols-[5.5rem_1fr] gap-x-4 gap-y-3 p-4 sm:grid-cols-[7rem_1fr_auto] sm:gap-x-6 sm:p-5">
      <Picture
        image={item.image}
        slug={item.slug}
        decorative
        className="row-span-2 self-start rounded-lg sm:row-span-1"
      />
      <div>
        <h2 className="font-sans leading-snug font-semibold tracking-normal sm:text-lg">
          <Link
            to="/products/$slug"
            params={{ slug: item.slug }}
            search={{ sku: item.sku }}
            className="underline-offset-4 hover:underline"
          >
            {item.title}
          </Link>
        </h2>
        {item.variantTitle && item.variantTitle !== item.title && (
          <p className="text-iron-700">{item.variantTitle}</p>
        )}
        <p className="mt-1 text-iron-700 tabular-nums">{formatMoney(item.unitPrice)} each</p>
        {former && (
          <p className="mt-2 inline-block rounded bg-tape-100 px-2 py-1 text-sm font-semibold">
            Price changed: it was {formatMoney(former)}
          </p>
        )}
        {short && (
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-oxide-100 px-3 py-2 text-[0.95rem] font-semibold text-oxide-700">
            <p className="flex items-center gap-2">
              <WarnIcon />
              {short === 'soldOut' ? 'Sold out since you added it' : `Only ${item.available} left`}
            </p>
            {short === 'tooMany' && (
              <button
                type="button"
                className="min-h-11 cursor-pointer underline underline-offset-4"
                onClick={() => setQuantity(item.available)}
              >
                Take {item.available}
              </button>
            )}
          </div>
        )}
        {change.error && (
          <p role="alert" className="mt-2 font-semibold text-oxide-700">
            {messageOf(change.error)}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 max-sm:col-start-2 sm:flex-col sm:items-end sm:justify-start">
        <p className="font-display text-xl font-bold sm:order-first" aria-busy={change.isPending}>
          {formatMoney(item.lineTotal)}
        </p>
        {short !== 'soldOut' && (
          <QuantityStepper
            of={item.title}
            value={quantity}
            max={item.available}
            onChange={setQuantity}
            compact
          />
        )}
        <button
          type="button"
          className="link min-h-11 cursor-pointer text-[0.95rem]"
          onClick={() => onRemove(item)}
        >
          Remove<span className="sr-only"> {item.title}</span>
        </button>
      </div>
    </div>
  );
}
