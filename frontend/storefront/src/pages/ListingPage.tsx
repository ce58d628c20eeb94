import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Failure } from '../components/Failure';
import { ProductCard, SHELF, ShelfSkeleton } from '../components/ProductCard';
import { categoriesQuery, listingQuery, PAGE_SIZE } from '../lib/catalogue';
import { usePageTitle } from '../lib/page';
import { NotFoundPage } from './NotFoundPage';

interface ListingProps {
  category: string | undefined;
  title: string;
  /** How many products there are in all, where that is known. */
  total: number | undefined;
  /** How many pages the address asks for. */
  pages: number;
}

function Listing({ category, title, total, pages }: ListingProps) {
  usePageTitle(title);
  const announce = useAnnounce();
  const navigate = useNavigate();
  const listing = useInfiniteQuery(listingQuery(category));
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = listing;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const loadedPages = data?.pages.length ?? 0;

  // The address says how many pages to show, so that going back and sharing it show the same.
  useEffect(() => {
    if (loadedPages > 0 && loadedPages < pages && hasNextPage && !isFetching && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [loadedPages, pages, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  // After "Show more": say what came, and give the focus a place when its button has gone.
  const shownBefore = useRef<number>(undefined);
  const firstNew = useRef<HTMLAnchorElement>(null);
  const shown = items.length;
  useEffect(() => {
    if (shownBefore.current === undefined || shown <= shownBefore.current) return;
    announce(`${shown - shownBefore.current} more products shown, ${shown} in all.`);
    shownBefore.current = undefined;
    if (!hasNextPage) firstNew.current?.focus();
  }, [shown, hasNextPage, announce]);

  function showMore() {
    shownBefore.current = shown;
    if (isFetchNextPageError) void fetchNextPage();
    void navigate({
      to: '.',
      search: (search: { pages?: number }) => ({ ...search, pages: loadedPages + 1 }),
      replace: true,
      resetScroll: false,
    });
  }

  const of = total !== undefined && total >= shown ? ` of ${total}` : '';
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <nav aria-label="Breadcrumb" className="text-[0.95rem]">
        <Link to="/" className="link">
          Shop
        </Link>
        <span aria-hidden="true" className="mx-2 text-iron-600">
          /
        </span>
        <span aria-current="page">{title}</span>
      </nav>
      <div className="mt-4 mb-7 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-b-2 border-iron-950 pb-5">
        <h1 className="text-4xl font-black sm:text-5xl">{title}</h1>
        {data && (
          <p className="text-iron-700 tabular-nums">
            {hasNextPage && !of ? 'Showing the first' : 'Showing'} {shown}
            {of} {shown === 1 && !of ? 'product' : 'products'}
          </p>
        )}
      </div>

      {listing.isPending && (
        <>
          <p className="sr-only">Loading products…</p>
          <ShelfSkeleton count={PAGE_SIZE} />
        </>
      )}
      {listing.error && !data && (
        <Failure
          title="The shelf could not be loaded"
          error={listing.error}
          onRetry={() => void listing.refetch()}
        />
      )}
      {data && shown === 0 && (
        <div className="card p-10 text-center">
          <h2 className="text-2xl font-bold">This drawer is empty</h2>
          <p className="mt-3 text-iron-700">Nothing is kept here at the moment.</p>
          <Link to="/products" className="btn btn-main mt-6">
            See everything
          </Link>
        </div>
      )}
      <ul className={SHELF} aria-busy={listing.isFetchingNextPage}>
        {items.map((product, index) => (
          <li key={product.id}>
            <ProductCard
              product={product}
              heading="h2"
              linkRef={(link) => {
                if (link && index === shownBefore.current) firstNew.current = link;
              }}
            />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className="mt-10 text-center">
          {isFetchNextPageError && (
            <p role="alert" className="mb-4 font-semibold text-oxide-700">
              The next ones could not be loaded.
            </p>
          )}
          <button
            type="button"
            className="btn btn-main min-w-56"
            aria-disabled={listing.isFetchingNextPage}
            onClick={() => !listing.isFetchingNextPage && showMore()}
          >
            {listing.isFetchingNextPage ? 'Fetching more…' : isFetchNextPageError ? 'Try again' : 'Show more'}
          </button>
          <p className="mt-3 text-sm text-iron-700 tabular-nums">
            {shown}
            {of} shown
          </p>
        </div>
      )}
    </div>
  );
}

const everything = getRouteApi('/products');
const department = getRouteApi('/category/$slug');

/** The whole catalogue. */
export function EverythingPage() {
  const { pages = 1 } = everything.useSearch();
  return <Listing category={undefined} title="Everything" total={undefined} pages={pages} />;
}

/** One category. */
export function CategoryPage() {
  const { slug } = department.useParams();
  const { pages = 1 } = department.useSearch();
  const { data } = useQuery(categoriesQuery);
  const category = data?.items.find((candidate) => candidate.slug === slug);
  if (data && !category) return <NotFoundPage what="department" />;
  return (
    <Listing
      key={slug}
      category={slug}
      title={category?.title ?? 'Department'}
      total={category?.productCount}
      pages={pages}
    />
  );
}
