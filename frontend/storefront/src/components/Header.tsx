import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { countPieces, useCart } from '../lib/cart';
import { categoriesBelow, categoriesQuery, departments } from '../lib/catalogue';
import { useDismiss } from '../lib/dismiss';
import { useUser } from '../lib/identity';
import { AccountMenu } from './AccountMenu';
import { BasketIcon, CloseIcon, MenuIcon } from './Icons';
import { SearchBox } from './SearchBox';

/** The shop's name as its sign has it. */
export function Wordmark() {
  return (
    <span className="font-display text-[1.35rem] leading-none font-black tracking-tight sm:text-[1.7rem]">
      Ironmonger
    </span>
  );
}

function CartLink() {
  const { data: cart } = useCart();
  const pieces = countPieces(cart);
  return (
    <Link to="/cart" className="btn bg-enamel-700 text-white hover:bg-enamel-900 max-sm:px-3.5">
      <BasketIcon />
      <span className="max-sm:sr-only">Cart</span>
      {pieces > 0 && (
        <span
          key={pieces}
          className="rise min-w-6 rounded-full bg-tape-400 px-1.5 text-center text-sm leading-6 font-bold text-iron-950 tabular-nums"
        >
          {pieces}
          <span className="sr-only">{pieces === 1 ? ' item' : ' items'}</span>
        </span>
      )}
    </Link>
  );
}

/** The sign over the door, with the ways into the shop. */
export function Header() {
  const { data: categories } = useQuery(categoriesQuery);
  const [open, setOpen] = useState(false);
  const header = useRef<HTMLElement>(null);
  const menuButton = useRef<HTMLButtonElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const user = useUser();

  const close = useCallback(() => setOpen(false), []);
  useDismiss(open, close, header, menuButton);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(close, [path, close]);

  const linkClass =
    'block rounded-md px-3 py-3 font-medium text-white/90 hover:bg-enamel-700 hover:text-white aria-[current=page]:bg-enamel-700 aria-[current=page]:text-tape-400';

  return (
    <header
      ref={header}
      className="on-dark sticky top-0 z-40 bg-enamel-800 text-white shadow-[0_2px_0_#00000022]"
    >
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 sm:flex-nowrap sm:gap-x-5 lg:px-8">
        <Link to="/" className="rounded-md py-2 text-white" aria-label="Ironmonger, home">
          <Wordmark />
        </Link>
        <div className="flex max-sm:order-last max-sm:basis-full sm:max-w-xl sm:flex-1">
          <SearchBox />
        </div>
        <div className="ml-auto flex items-center gap-0.5 sm:gap-1.5">
          <button
            ref={menuButton}
            type="button"
            className="btn text-white hover:bg-enamel-700 aria-expanded:bg-enamel-900 max-sm:px-2.5"
            aria-expanded={open}
            aria-controls="departments"
            onClick={() => setOpen(!open)}
          >
            {open ? <CloseIcon /> : <MenuIcon />}
            <span className="max-sm:sr-only">Shop</span>
          </button>
          <AccountMenu />
          <CartLink />
        </div>
      </div>
      <nav
        id="departments"
        aria-label="Departments"
        hidden={!open}
        className="rise absolute inset-x-0 top-full max-h-[75dvh] overflow-y-auto border-b-4 border-tape-400 bg-enamel-900 shadow-plate"
      >
        <ul className="mx-auto max-w-7xl columns-2 gap-x-2 px-2 py-3 sm:columns-3 lg:columns-4 lg:px-5">
          <li>
            <Link to="/products" activeOptions={{ exact: true, includeSearch: false }} className={linkClass}>
              Everything
            </Link>
          </li>
          {departments(categories?.items).map(({ slug, title }) => (
            <li key={slug} className="break-inside-avoid">
              <Link
                to="/category/$slug"
                params={{ slug }}
                activeOptions={{ includeSearch: false }}
                className={linkClass}
              >
                {title}
              </Link>
              <ul className="ml-3 border-l border-white/20 pl-1 empty:hidden">
                {categoriesBelow(categories?.items, slug).map((below) => (
                  <li key={below.slug}>
                    <Link
                      to="/category/$slug"
                      params={{ slug: below.slug }}
                      activeOptions={{ includeSearch: false }}
                      className={`${linkClass} py-2 text-[0.95rem]`}
                    >
                      {below.title}
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
          {!user && (
            <li>
              <Link to="/orders" className={linkClass}>
                Orders on this device
              </Link>
            </li>
          )}
        </ul>
      </nav>
      <div className="tape h-2.5" aria-hidden="true" />
    </header>
  );
}
