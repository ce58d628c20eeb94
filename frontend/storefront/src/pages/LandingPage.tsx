import { formatMoney, type ListingItem } from '@ironmonger/api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DrawerWall } from '../components/DrawerWall';
import { Failure } from '../components/Failure';
import { KeyIcon, ParcelIcon, ScaleIcon } from '../components/Icons';
import { ProductCard, SHELF, ShelfSkeleton } from '../components/ProductCard';
import { shopWindowQuery } from '../lib/catalogue';
import { usePageTitle } from '../lib/page';

/** How many products hang on the pegboard, and how many stand on the counter. */
const ON_PEGS = 6;
const ON_COUNTER = 8;

function Screw({ className }: { className: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`absolute size-3.5 ${className}`}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="8" cy="8" r="7.5" fill="#c9d2cd" />
      <path d="M3.5 10.5 12.5 5.5" stroke="#51605a" strokeWidth="2" />
    </svg>
  );
}

function Sign() {
  return (
    <div className="plate flex flex-col justify-center px-7 py-12 sm:px-14 sm:py-16">
      <Screw className="top-5 left-5" />
      <Screw className="top-5 right-5" />
      <Screw className="bottom-5 left-5" />
      <Screw className="right-5 bottom-5" />
      <p className="label-caps text-tape-400">Ironmonger · Household &amp; trade</p>
      <h1 className="mt-5 text-[clamp(1.75rem,8.6vw,3.1rem)] leading-[1.06] font-black text-wrap sm:text-[3.5rem] lg:text-[2.6rem] xl:text-[3.4rem]">
        Fork handles, <span className="block">and everything</span> <span className="block">else.</span>
      </h1>
      <p className="mt-6 max-w-md text-lg leading-relaxed text-white/90">
        The old corner shop, minus the queue: tools, fixings, locks and lamps, with the stock counted to the
        last screw.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link to="/products" className="btn btn-main px-7 text-lg">
          Browse the shop
        </Link>
        <a
          href="#departments-wall"
          className="btn text-white ring-1 ring-white/60 ring-inset hover:bg-enamel-700"
        >
          Open the drawers
        </a>
      </div>
    </div>
  );
}

function Peg({ product }: { product: ListingItem }) {
  return (
    <li className="relative">
      <Link
        to="/products/$slug"
        params={{ slug: product.slug }}
        className="group block rounded-xl px-1 pt-4 pb-2 text-center"
      >
        <span
          className="absolute top-1 left-1/2 z-10 h-5 w-2 -translate-x-1/2 rounded-full bg-gradient-to-b from-iron-100 to-iron-600 shadow-[0_2px_3px_#3a2c0f99]"
          aria-hidden="true"
        />
        {product.image && (
          <img
            src={product.image.url}
            alt=""
            width={256}
            height={256}
            decoding="async"
            className="mx-auto w-full max-w-32 origin-top lg:max-w-36 drop-shadow-[0_14px_8px_#3a2c0f66] transition-transform duration-300 ease-out-soft group-hover:rotate-3"
          />
        )}
        <span className="mx-auto mt-3 block max-w-full rounded bg-white px-2 py-1.5 text-[0.85rem] leading-tight font-semibold text-iron-900 shadow-sm">
          <span className="line-clamp-2">{product.title}</span>
          <span className="mt-1 block font-display text-base font-bold">{formatMoney(product.price)}</span>
        </span>
      </Link>
    </li>
  );
}

function Pegboard({ products }: { products: ListingItem[] | undefined }) {
  return (
    <section
      aria-labelledby="pegs"
      className="pegboard rounded-2xl p-4 shadow-drawer ring-1 ring-[#b79c6b] ring-inset sm:p-7"
    >
      <h2 id="pegs" className="sr-only">
        In the window today
      </h2>
      {products ? (
        <ul className="grid h-full grid-cols-2 content-around gap-x-3 gap-y-5 min-[30rem]:grid-cols-3 sm:gap-x-6">
          {products.map((product) => (
            <Peg key={product.id} product={product} />
          ))}
        </ul>
      ) : (
        <div className="min-h-80" aria-hidden="true" />
      )}
    </section>
  );
}

function Pledge({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span className="grid size-12 shrink-0 place-items-center rounded-full bg-tape-400 text-iron-950">
        {icon}
      </span>
      <div>
        <h3 className="text-lg font-bold">{title}</h3>
        <p className="mt-1 leading-relaxed text-iron-700">{children}</p>
      </div>
    </li>
  );
}

/** The shop seen from the street. */
export function LandingPage() {
  usePageTitle(undefined);
  const { data, isPending, error, refetch } = useQuery(
    shopWindowQuery(useQueryClient(), ON_PEGS + ON_COUNTER),
  );
  const shelf = data?.slice(ON_PEGS) ?? [];
  return (
    <div className="mx-auto max-w-7xl px-4 pt-5 sm:pt-8 lg:px-8">
      <div className="grid gap-4 sm:gap-6 lg:grid-cols-[1.15fr_1fr]">
        <Sign />
        <Pegboard products={data?.slice(0, ON_PEGS)} />
      </div>
      <DrawerWall />
      <section aria-labelledby="featured" className="mt-16 sm:mt-24">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <h2 id="featured" className="text-3xl font-extrabold sm:text-4xl">
            On the counter
          </h2>
          <Link to="/products" className="link py-2">
            See everything
          </Link>
        </div>
        <div className="mt-6">
          {error && !data && (
            <Failure title="The counter is empty for now" error={error} onRetry={() => void refetch()} />
          )}
          {isPending && <ShelfSkeleton count={8} />}
          <ul className={SHELF}>
            {shelf.map((product) => (
              <li key={product.id}>
                <ProductCard product={product} heading="h3" />
              </li>
            ))}
          </ul>
          {data?.length === 0 && (
            <p className="card p-8 text-center text-iron-700">
              The shelves are being filled. Look in again soon.
            </p>
          )}
        </div>
      </section>
      <section aria-labelledby="promises" className="mt-16 sm:mt-24">
        <h2 id="promises" className="sr-only">
          How this shop works
        </h2>
        <ul className="grid gap-8 border-t-2 border-iron-950 pt-8 md:grid-cols-3">
          <Pledge icon={<ScaleIcon />} title="Counted, not guessed">
            Stock is counted at the moment you order and held while you pay. What we sell you is on the shelf.
          </Pledge>
          <Pledge icon={<KeyIcon />} title="With an account or without">
            Check out as a guest, and a private link opens your order on any of your devices. Open an account
            later, and it comes along.
          </Pledge>
          <Pledge icon={<ParcelIcon />} title="Followed to the doorstep">
            The order’s page tells by itself when each parcel leaves, and with which tracking number.
          </Pledge>
        </ul>
      </section>
    </div>
  );
}
