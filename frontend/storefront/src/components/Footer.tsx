import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { categoriesQuery, drawers } from '../lib/catalogue';
import { Wordmark } from './Header';

/** What stands below every page. */
export function Footer() {
  const { data: categories } = useQuery(categoriesQuery);
  const link = 'inline-block py-1.5 text-iron-200 underline-offset-4 hover:text-tape-400 hover:underline';
  return (
    <footer className="on-dark mt-20 bg-iron-950 text-iron-200">
      <div className="mx-auto grid max-w-7xl gap-10 px-4 py-12 sm:grid-cols-2 lg:grid-cols-[1.4fr_1.6fr_1fr] lg:px-8">
        <div>
          <p className="text-white">
            <Wordmark />
          </p>
          <p className="mt-4 max-w-sm text-[0.95rem] leading-relaxed">
            A corner shop that runs on functions: it sleeps until somebody rings the bell, and costs nothing
            while nobody does.
          </p>
        </div>
        <nav aria-labelledby="footer-departments" className="min-w-0">
          <h2 id="footer-departments" className="label-caps font-sans text-tape-400">
            All departments
          </h2>
          <ul className="mt-3 columns-2 gap-6 wrap-anywhere lg:columns-3">
            {drawers(categories?.items).map(({ slug, title }) => (
              <li key={slug}>
                <Link to="/category/$slug" params={{ slug }} className={link}>
                  {title}
                </Link>
              </li>
            ))}
            <li>
              <Link to="/products" className={link}>
                Everything
              </Link>
            </li>
          </ul>
        </nav>
        <nav aria-labelledby="footer-service">
          <h2 id="footer-service" className="label-caps font-sans text-tape-400">
            At the counter
          </h2>
          <ul className="mt-3">
            <li>
              <Link to="/orders" className={link}>
                Follow an order
              </Link>
            </li>
            <li>
              <Link to="/cart" className={link}>
                Your cart
              </Link>
            </li>
            <li>
              <a href="/docs/" className={link}>
                API reference
              </a>
            </li>
          </ul>
        </nav>
      </div>
      <p className="border-t border-iron-700 px-4 py-5 text-center text-sm text-iron-300">
        Payments run in a sandbox: no real card is taken and none is charged.
      </p>
    </footer>
  );
}
