import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { countPieces, useCart } from '../lib/cart';
import { categoriesQuery } from '../lib/catalogue';
import { BasketIcon, CloseIcon, MenuIcon } from './Icons';

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

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setOpen(false), [path]);

  useEffect(() => {
    if (!open) return;
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      menuButton.current?.focus();
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !header.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open]);

  const linkClass =
    'block rounded-md px-3 py-3 font-medium text-white/90 hover:bg-enamel-700 hover:text-white aria-[current=page]:bg-enamel-700 aria-[current=page]:text-tape-400';

  return (
    <header
      ref={header}
      className="on-dark sticky top-0 z-40 bg-enamel-800 text-white shadow-[0_2px_0_#00000022]"
    >
      <div className="mx-auto flex max-w-7xl items-center gap-3 px-4 py-2.5 sm:gap-6 lg:px-8">
        <Link to="/" className="rounded-md py-2 text-white" aria-label="Ironmonger, home">
          <Wordmark />
        </Link>
        <span className="label-caps text-enamel-300 max-lg:hidden">Tools · Fixings · Locks · Lamps</span>
        <div className="ml-auto flex items-center gap-1 sm:gap-2">
          <button
            ref={menuButton}
            type="button"
            className="btn text-white hover:bg-enamel-700 aria-expanded:bg-enamel-900 max-sm:px-3"
            aria-expanded={open}
            aria-controls="departments"
            onClick={() => setOpen(!open)}
          >
            {open ? <CloseIcon /> : <MenuIcon />}
            Shop
          </button>
          <Link to="/orders" className="btn text-white hover:bg-enamel-700 max-sm:hidden">
            Your orders
          </Link>
          <CartLink />
        </div>
      </div>
      <nav
        id="departments"
        aria-label="Departments"
        hidden={!open}
        className="rise absolute inset-x-0 top-full max-h-[75dvh] overflow-y-auto border-b-4 border-tape-400 bg-enamel-900 shadow-plate"
      >
        <ul className="mx-auto grid max-w-7xl grid-cols-2 gap-x-2 px-2 py-3 sm:grid-cols-3 lg:grid-cols-4 lg:px-5">
          <li>
            <Link to="/products" activeOptions={{ exact: true, includeSearch: false }} className={linkClass}>
              Everything
            </Link>
          </li>
          {categories?.items.map(({ slug, title }) => (
            <li key={slug}>
              <Link
                to="/category/$slug"
                params={{ slug }}
                activeOptions={{ includeSearch: false }}
                className={linkClass}
              >
                {title}
              </Link>
            </li>
          ))}
          <li className="sm:hidden">
            <Link to="/orders" className={linkClass}>
              Your orders
            </Link>
          </li>
        </ul>
      </nav>
      <div className="tape h-2.5" aria-hidden="true" />
    </header>
  );
}
