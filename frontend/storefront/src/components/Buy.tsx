import { formatMoney, messageOf, type Product } from '@ironmonger/api';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCart, useChangeLine } from '../lib/cart';
import { type Choice, firstChoice, stockHint, variantFor } from '../lib/catalogue';
import { useAnnounce } from './Announcer';
import { TickIcon } from './Icons';
import { Price } from './Price';
import { MAX_QUANTITY, QuantityStepper } from './QuantityStepper';
import { VariantPicker } from './VariantPicker';

const TONES = {
  good: 'bg-enamel-100 text-enamel-900',
  low: 'bg-tape-100 text-iron-950',
  out: 'bg-oxide-100 text-oxide-700',
} as const;

interface Props {
  product: Product;
  /** The stock number that the address asks for. */
  sku: string | undefined;
  /** Told which variant is chosen now. */
  onVariant: (sku: string) => void;
}

/** A product's price, its options and the button that puts it into the cart. */
export function Buy({ product, sku, onVariant }: Props) {
  const announce = useAnnounce();
  const { data: cart } = useCart();
  const change = useChangeLine();
  const [choice, setChoice] = useState<Choice>(() => firstChoice(product, sku));
  const [quantity, setQuantity] = useState(1);
  const [added, setAdded] = useState<string>();

  const variant = variantFor(product, choice);
  const inCart = cart?.items.find((item) => item.sku === variant?.sku)?.quantity ?? 0;
  const addable = Math.min(variant?.available ?? 0, MAX_QUANTITY) - inCart;
  const hint = variant && stockHint(variant.available);
  const before = variant?.compareAtPrice;
  const saving =
    variant && before && before.amount > variant.price.amount
      ? formatMoney({ ...variant.price, amount: before.amount - variant.price.amount })
      : undefined;

  function choose(next: Choice) {
    setChoice(next);
    setAdded(undefined);
    change.reset();
    const chosen = variantFor(product, next);
    setQuantity((wanted) => Math.max(1, Math.min(wanted, chosen?.available ?? 1)));
    announce(
      chosen ? `${formatMoney(chosen.price)}, ${stockHint(chosen.available).text}` : 'Not made like this',
    );
    if (chosen) onVariant(chosen.sku);
  }

  function add() {
    if (!variant || addable <= 0 || change.isPending) return;
    setAdded(undefined);
    const pieces = Math.min(quantity, addable);
    change.mutate(
      { sku: variant.sku, add: pieces },
      {
        onSuccess: () => {
          const words = `${pieces} × ${product.title}${product.options.length > 0 ? `, ${variant.title}` : ''}`;
          setAdded(words);
          setQuantity(1);
          announce(`Added to your cart: ${words}.`);
        },
      },
    );
  }

  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p>
          {variant ? (
            <Price
              price={variant.price}
              compareAt={variant.compareAtPrice}
              className="font-display text-4xl font-bold"
            />
          ) : (
            <span className="font-display text-4xl font-bold">—</span>
          )}
        </p>
        {saving && (
          <p className="rounded-full bg-tape-400 px-3 py-1 text-sm font-bold text-iron-950">Save {saving}</p>
        )}
        <p className={`rounded-full px-3 py-1 text-sm font-semibold ${TONES[hint?.tone ?? 'out']}`}>
          {hint?.text ?? 'Not made like this'}
        </p>
      </div>
      {product.options.length > 0 && (
        <div className="mt-7">
          <VariantPicker product={product} choice={choice} onChoose={choose} />
        </div>
      )}
      <div className="mt-7 flex flex-wrap items-end gap-3">
        <QuantityStepper
          of={product.title}
          value={quantity}
          max={Math.max(addable, 1)}
          onChange={setQuantity}
        />
        <button
          type="button"
          className="btn btn-main min-w-52 flex-1 text-lg"
          aria-disabled={addable <= 0 || change.isPending}
          onClick={add}
        >
          {change.isPending
            ? 'Adding…'
            : addable > 0
              ? 'Add to cart'
              : inCart > 0 && variant && variant.available > 0
                ? 'All of them are in your cart'
                : 'Sold out'}
        </button>
      </div>
      {change.error && (
        <p role="alert" className="mt-4 rounded-lg bg-oxide-100 p-4 font-semibold text-oxide-700">
          {messageOf(change.error)}
        </p>
      )}
      {added && (
        <div className="rise mt-4 flex flex-wrap items-center gap-x-5 gap-y-2 rounded-lg bg-enamel-100 p-4 text-enamel-900">
          <p className="flex items-start gap-2.5 font-semibold">
            <TickIcon />
            Added: {added}
          </p>
          <Link to="/cart" className="link ml-auto py-1">
            Go to the cart
          </Link>
        </div>
      )}
      {!added && inCart > 0 && <p className="mt-4 text-iron-700">{inCart} of these already in your cart.</p>}
      {variant && <p className="mt-6 text-sm text-iron-600">Stock no. {variant.sku}</p>}
    </div>
  );
}
