import { isNotFound, messageOf, type Product } from '@ironmonger/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Failure } from '../components/Failure';
import { TickIcon } from '../components/Icons';
import { Picture } from '../components/Picture';
import { MAX_QUANTITY, QuantityStepper } from '../components/QuantityStepper';
import { VariantPicker } from '../components/VariantPicker';
import { useCart, useChangeLine } from '../lib/cart';
import { type Choice, firstChoice, productQuery, stockHint, variantFor } from '../lib/catalogue';
import { formatMoney } from '../lib/money';
import { usePageTitle } from '../lib/page';
import { NotFoundPage } from './NotFoundPage';

const route = getRouteApi('/products/$slug');

const TONES = {
  good: 'bg-enamel-100 text-enamel-900',
  low: 'bg-tape-100 text-iron-950',
  out: 'bg-oxide-100 text-oxide-700',
} as const;

function Gallery({ product }: { product: Product }) {
  const [index, setIndex] = useState(0);
  const image = product.images[index] ?? product.images[0];
  return (
    <div>
      <div className="relative overflow-hidden rounded-2xl">
        <Picture
          image={image}
          slug={product.slug}
          className="max-sm:aspect-[6/5]"
          imageClassName="size-3/4 max-w-84"
          eager
        />
        <div className="tape absolute inset-x-0 bottom-0 h-6 rotate-180" aria-hidden="true" />
      </div>
      {product.images.length > 1 && (
        <ul className="mt-3 flex gap-3" aria-label="Pictures">
          {product.images.map((thumbnail, position) => (
            <li key={thumbnail.url}>
              <button
                type="button"
                aria-pressed={position === index}
                aria-label={`Show picture ${position + 1}: ${thumbnail.alt}`}
                onClick={() => setIndex(position)}
                className="block cursor-pointer rounded-lg ring-2 ring-transparent aria-pressed:ring-enamel-800"
              >
                <Picture image={thumbnail} slug={product.slug} decorative className="w-18 rounded-lg" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Buy({ product }: { product: Product }) {
  const { sku: askedFor } = route.useSearch();
  const navigate = route.useNavigate();
  const announce = useAnnounce();
  const { data: cart } = useCart();
  const change = useChangeLine();
  const [choice, setChoice] = useState<Choice>(() => firstChoice(product, askedFor));
  const [quantity, setQuantity] = useState(1);
  const [added, setAdded] = useState<string>();

  const variant = variantFor(product, choice);
  const inCart = cart?.items.find((item) => item.sku === variant?.sku)?.quantity ?? 0;
  const addable = Math.min(variant?.available ?? 0, MAX_QUANTITY) - inCart;
  const hint = variant && stockHint(variant.available);

  function choose(next: Choice) {
    setChoice(next);
    setAdded(undefined);
    change.reset();
    const chosen = variantFor(product, next);
    setQuantity((wanted) => Math.max(1, Math.min(wanted, chosen?.available ?? 1)));
    announce(
      chosen ? `${formatMoney(chosen.price)}, ${stockHint(chosen.available).text}` : 'Not made like this',
    );
    if (chosen) void navigate({ search: { sku: chosen.sku }, replace: true, resetScroll: false });
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
        <p className="font-display text-4xl font-bold">{variant ? formatMoney(variant.price) : '—'}</p>
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

function ProductSkeleton() {
  return (
    <div className="grid gap-8 lg:grid-cols-2 lg:gap-14">
      <p className="sr-only">Loading the product…</p>
      <div className="skeleton aspect-square rounded-2xl" />
      <div className="space-y-5 pt-4">
        <div className="skeleton h-4 w-24" />
        <div className="skeleton h-10 w-4/5" />
        <div className="skeleton h-9 w-32" />
        <div className="skeleton h-24 w-full" />
        <div className="skeleton h-12 w-full" />
      </div>
    </div>
  );
}

/** A product, to look at and to buy. */
export function ProductPage() {
  const { slug } = route.useParams();
  const { data: product, error, isPending, refetch } = useQuery(productQuery(slug));
  usePageTitle(product?.title);
  if (isNotFound(error)) return <NotFoundPage what="product" />;
  const category = product?.categories[0];
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <nav aria-label="Breadcrumb" className="mb-5 text-[0.95rem]">
        <Link to="/" className="link">
          Shop
        </Link>
        {category && (
          <>
            <span aria-hidden="true" className="mx-2 text-iron-600">
              /
            </span>
            <Link to="/category/$slug" params={{ slug: category.slug }} className="link">
              {category.title}
            </Link>
          </>
        )}
      </nav>
      {isPending && <ProductSkeleton />}
      {error && !product && (
        <Failure title="The product could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {product && (
        <div className="grid gap-8 lg:grid-cols-2 lg:gap-14">
          <Gallery key={product.id} product={product} />
          <div>
            {product.brand && <p className="label-caps text-enamel-800">{product.brand}</p>}
            <h1 className="mt-1 mb-5 text-4xl leading-[1.08] font-black sm:text-5xl">{product.title}</h1>
            <Buy key={product.id} product={product} />
            <section aria-labelledby="about" className="mt-9 border-t-2 border-iron-950 pt-6">
              <h2 id="about" className="text-xl font-bold">
                About it
              </h2>
              <p className="mt-3 max-w-prose leading-relaxed whitespace-pre-line text-iron-700">
                {product.description}
              </p>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}
