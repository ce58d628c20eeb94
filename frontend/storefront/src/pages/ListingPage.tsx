import type { Category, Ref } from '@ironmonger/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../components/Announcer';
import { Breadcrumb } from '../components/Breadcrumb';
import { Failure } from '../components/Failure';
import { FilterSheet } from '../components/FilterSheet';
import { Filters } from '../components/Filters';
import { CloseIcon, FilterIcon } from '../components/Icons';
import { ShelfSkeleton } from '../components/ProductCard';
import { Results, useListing } from '../components/Results';
import { categoriesBelow, categoriesQuery, PAGE_SIZE, pathTo } from '../lib/catalogue';
import {
  type Chip,
  changed,
  chipsOf,
  type ListingSearch,
  SORTS,
  toQuery,
  withoutFilters,
} from '../lib/listing';
import { HOME_CURRENCY } from '../lib/money';
import { usePage } from '../lib/page';
import { NotFoundPage } from './NotFoundPage';

interface ListingProps {
  search: ListingSearch;
  title: string;
  /** The way to it, without its own step. */
  path: readonly Ref[];
  /** The category whose page this is. */
  category: Category | undefined;
  below?: readonly Category[];
}

function Chips({ chips, search }: { chips: readonly Chip[]; search: ListingSearch }) {
  if (chips.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-wrap gap-2" aria-label="Filters that are set">
      {chips.map(({ key, label, without }) => (
        <li key={key}>
          <Link
            to="."
            search={without}
            resetScroll={false}
            className="flex min-h-11 items-center gap-2 rounded-full bg-enamel-100 py-1 pr-2.5 pl-4 font-semibold text-enamel-900 hover:bg-enamel-300"
          >
            <span className="sr-only">Remove the filter </span>
            {label}
            <CloseIcon />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to="."
          search={withoutFilters(search)}
          resetScroll={false}
          className="link inline-flex min-h-11 items-center px-2"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}

function Nothing({
  search,
  filtered,
  suggestion,
}: {
  search: ListingSearch;
  filtered: boolean;
  suggestion: ReactNode;
}) {
  return (
    <div className="card p-8 text-center sm:p-12">
      <h2 className="text-2xl font-bold">
        {search.q ? 'We have looked in every drawer' : 'This drawer is empty'}
      </h2>
      <p className="mt-3 text-iron-700">
        {filtered
          ? 'Nothing fits all of these filters at once.'
          : search.q
            ? `There is nothing for “${search.q}”. Fewer or other words may help.`
            : 'Nothing is kept here at the moment.'}
      </p>
      {suggestion}
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        {filtered && (
          <Link to="." search={withoutFilters(search)} className="btn btn-main">
            Clear the filters
          </Link>
        )}
        <Link to="/products" className={filtered ? 'btn btn-quiet' : 'btn btn-main'}>
          See everything
        </Link>
      </div>
    </div>
  );
}

function Listing({ search, title, path, category, below = [] }: ListingProps) {
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [sheet, setSheet] = useState(false);
  const query = useMemo(() => toQuery(search, category?.slug), [search, category?.slug]);
  const listing = useListing(query, search.pages ?? 1);
  const { data, isPlaceholderData } = listing;
  const first = data?.pages[0];
  const total = first?.total ?? 0;
  const currency = first?.items[0]?.price.currency ?? HOME_CURRENCY;
  const chips = chipsOf(search, first?.facets, currency);
  usePage({
    title,
    description: category?.description ?? undefined,
    canonical: category ? `/category/${category.slug}` : search.q ? undefined : '/products',
  });

  // What a filter has left is said once it is there; the first answer of a page is not news.
  const told = useRef<number>(undefined);
  useEffect(() => {
    if (!first || isPlaceholderData) return;
    if (told.current !== undefined && told.current !== first.total) {
      announce(first.total === 1 ? 'One product.' : `${first.total} products.`);
    }
    told.current = first.total;
  }, [first, isPlaceholderData, announce]);

  const suggestion = first?.didYouMean && (
    <p className="mt-4 text-lg">
      Did you mean{' '}
      <Link to="/search" search={{ q: first.didYouMean }} className="link">
        {first.didYouMean}
      </Link>
      ?
    </p>
  );
  const filters = first && (
    <Filters search={search} facets={first.facets} category={category?.slug} currency={currency} />
  );
  const options = SORTS.filter(({ value }) => search.q || value !== 'relevance');
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      <Breadcrumb path={path} here={title} />
      <div className="mt-4 mb-6 border-b-2 border-iron-950 pb-5">
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
          <h1 className="text-4xl font-black sm:text-5xl">{title}</h1>
          {first && (
            <p className="text-iron-700 tabular-nums" data-testid="total">
              {total === 1 ? '1 product' : `${total} products`}
            </p>
          )}
        </div>
        {category?.description && (
          <p className="mt-3 max-w-prose text-lg text-iron-700">{category.description}</p>
        )}
        {total > 0 && suggestion}
        {below.length > 0 && (
          <ul className="mt-4 flex flex-wrap gap-2 lg:hidden" aria-label="Within this department">
            {below.map(({ slug, title: name }) => (
              <li key={slug}>
                <Link to="/category/$slug" params={{ slug }} className="btn btn-quiet min-h-11 py-1.5">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
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
      {first && (
        <div className="grid items-start gap-x-8 lg:grid-cols-[15rem_1fr]">
          <aside aria-label="Filters" className="max-lg:hidden">
            {filters}
          </aside>
          <div className="min-w-0">
            <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
              <button type="button" className="btn btn-quiet lg:hidden" onClick={() => setSheet(true)}>
                <FilterIcon />
                Filters{chips.length > 0 && ` (${chips.length})`}
              </button>
              <label className="ml-auto flex items-center gap-3 font-semibold">
                <span className="max-sm:sr-only">Order</span>
                <select
                  className="input w-auto font-normal sm:min-w-48"
                  value={search.sort ?? (search.q ? 'relevance' : '')}
                  onChange={(event) =>
                    void navigate({
                      to: '.',
                      search: changed(search, parseSort(event.target.value)),
                      replace: true,
                      resetScroll: false,
                    })
                  }
                >
                  {!search.q && <option value="">Shelf order</option>}
                  {options.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <Chips chips={chips} search={search} />
            {total === 0 ? (
              <Nothing search={search} filtered={chips.length > 0} suggestion={suggestion} />
            ) : (
              <Results listing={listing} search={search} />
            )}
          </div>
          {sheet && (
            <FilterSheet total={total} onClose={() => setSheet(false)}>
              {filters}
            </FilterSheet>
          )}
        </div>
      )}
    </div>
  );
}

function parseSort(value: string): Pick<Parameters<typeof changed>[1], 'sort'> {
  return { sort: SORTS.find((sort) => sort.value === value)?.value };
}

const everything = getRouteApi('/products');
const department = getRouteApi('/category/$slug');
const results = getRouteApi('/search');

/** The whole catalogue. */
export function EverythingPage() {
  return <Listing search={everything.useSearch()} title="Everything" path={[]} category={undefined} />;
}

/** What was found for the words that were typed. */
export function SearchPage() {
  const search = results.useSearch();
  const title = search.q ? `“${search.q}”` : 'Search';
  return <Listing search={search} title={title} path={[]} category={undefined} />;
}

/** One category, with all that is below it. */
export function CategoryPage() {
  const { slug } = department.useParams();
  const search = department.useSearch();
  const { data, error, refetch } = useQuery(categoriesQuery);
  const path = pathTo(data?.items, slug);
  const category = path.at(-1);
  if (data && !category) return <NotFoundPage what="department" />;
  if (!category) {
    return (
      <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
        <h1 className="sr-only">Department</h1>
        {error ? (
          <Failure title="The shelf could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <ShelfSkeleton count={PAGE_SIZE} />
        )}
      </div>
    );
  }
  return (
    <Listing
      key={slug}
      search={search}
      title={category.title}
      path={path.slice(0, -1)}
      category={category}
      below={categoriesBelow(data?.items, slug)}
    />
  );
}
