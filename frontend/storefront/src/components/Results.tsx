import type { SearchQuery } from '@ironmonger/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type ListingSearch, listingQuery } from '../lib/listing';
import { useAnnounce } from './Announcer';
import { ProductCard, SHELF } from './ProductCard';

/** A listing's answer so far, and the way to more of it. */
export function useListing(query: SearchQuery, pages: number) {
  const listing = useInfiniteQuery(listingQuery(query));
  const { data, hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData, fetchNextPage } = listing;
  const loadedPages = data?.pages.length ?? 0;
  // The address says how many pages to show, so that going back and sharing it show the same.
  useEffect(() => {
    if (isPlaceholderData || loadedPages === 0 || loadedPages >= pages) return;
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [loadedPages, pages, hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData, fetchNextPage]);
  return listing;
}

interface Props {
  listing: ReturnType<typeof useListing>;
  search: ListingSearch;
}

/** The goods of a listing, and the button for more of them. */
export function Results({ listing, search }: Props) {
  const announce = useAnnounce();
  const navigate = useNavigate();
  const { data, hasNextPage, isFetchNextPageError, isFetchingNextPage, isPlaceholderData } = listing;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages.at(-1)?.total ?? 0;
  const shown = items.length;

  // After "Show more": say what came, and give the focus a place when its button has gone.
  const shownBefore = useRef<number>(undefined);
  const firstNew = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (shownBefore.current === undefined || shown <= shownBefore.current) return;
    announce(`${shown - shownBefore.current} more products shown, ${shown} in all.`);
    shownBefore.current = undefined;
    if (!hasNextPage) firstNew.current?.focus();
  }, [shown, hasNextPage, announce]);

  function showMore() {
    shownBefore.current = shown;
    if (isFetchNextPageError) void listing.fetchNextPage();
    const pages = (data?.pages.length ?? 0) + 1;
    void navigate({ to: '.', search: { ...search, pages }, replace: true, resetScroll: false });
  }

  return (
    <>
      <ul
        className={`${SHELF} lg:grid-cols-3 xl:grid-cols-4 ${isPlaceholderData ? 'opacity-55' : ''}`}
        aria-busy={isPlaceholderData || isFetchingNextPage}
      >
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
      {hasNextPage && !isPlaceholderData && (
        <div className="mt-10 text-center">
          {isFetchNextPageError && (
            <p role="alert" className="mb-4 font-semibold text-oxide-700">
              The next ones could not be loaded.
            </p>
          )}
          <button
            type="button"
            className="btn btn-main min-w-56"
            aria-disabled={isFetchingNextPage}
            onClick={() => !isFetchingNextPage && showMore()}
          >
            {isFetchingNextPage ? 'Fetching more…' : isFetchNextPageError ? 'Try again' : 'Show more'}
          </button>
          <p className="mt-3 text-sm text-iron-700 tabular-nums">
            {shown} of {total} shown
          </p>
        </div>
      )}
    </>
  );
}
