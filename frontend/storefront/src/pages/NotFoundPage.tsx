import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../lib/page';

/** For addresses and products that are not there. */
export function NotFoundPage({ what = 'page' }: { what?: 'page' | 'product' | 'department' }) {
  usePageTitle('Not found');
  return (
    <div className="mx-auto max-w-7xl px-4 py-10 sm:py-16 lg:px-8">
      <div className="pegboard rounded-2xl p-6 sm:p-16">
        <div className="mx-auto max-w-xl rounded-xl bg-white p-8 text-center shadow-drawer">
          <p className="label-caps text-oxide-700">404 · empty hook</p>
          <h1 className="mt-3 text-3xl font-extrabold sm:text-4xl">Nothing hangs here</h1>
          <p className="mt-4 text-iron-700">
            The {what} you asked for is not in the shop. It may have been sold off, or the address may have
            lost a letter on its way.
          </p>
          <div className="mt-7 flex flex-wrap justify-center gap-3">
            <Link to="/products" className="btn btn-main">
              See everything
            </Link>
            <Link to="/" className="btn btn-quiet">
              Back to the door
            </Link>
          </div>
        </div>
      </div>
    </div>
  );
}
