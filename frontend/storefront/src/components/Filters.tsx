import { type Facets, formatMoney, minorDigits, toDecimal } from '@ironmonger/api';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { changed, type ListingSearch, priceWords, ratingWords } from '../lib/listing';
import { toMinorUnits } from '../lib/money';
import { Stars } from './Stars';

interface Props {
  search: ListingSearch;
  facets: Facets;
  /** The category whose page this is; its children are offered. */
  category: string | undefined;
  currency: string;
}

/** How many brands are listed before one asks for the others. */
const FIRST_BRANDS = 8;

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-t border-iron-200 py-5 first:border-t-0 first:pt-0">
      <legend className="float-left mb-2.5 w-full font-bold">{title}</legend>
      <div className="clear-both">{children}</div>
    </fieldset>
  );
}

function Count({ children }: { children: number }) {
  return <span className="ml-auto text-sm text-iron-600 tabular-nums">{children}</span>;
}

const ROW = 'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-1 hover:bg-enamel-100';

/** Changes the address, and by it the listing; the place on the page stays. */
function useFilter(search: ListingSearch) {
  const navigate = useNavigate();
  return (change: Parameters<typeof changed>[1]) =>
    void navigate({ to: '.', search: changed(search, change), replace: true, resetScroll: false });
}

function Categories({ search, facets, category }: Props) {
  const here = search.category ?? category ?? null;
  const known = new Set(facets.categories.map(({ slug }) => slug));
  const below = facets.categories.filter(({ parent }) =>
    here === null ? parent == null || !known.has(parent) : parent === here,
  );
  if (below.length === 0) return null;
  return (
    <nav aria-label="Categories" className="border-t border-iron-200 py-5 first:border-t-0 first:pt-0">
      <h2 className="mb-2 font-sans font-bold tracking-normal">Category</h2>
      <ul>
        {below.map(({ slug, title, count }) => (
          <li key={slug}>
            {category !== undefined ? (
              <Link
                to="/category/$slug"
                params={{ slug }}
                search={changed(search, { category: undefined })}
                className={ROW}
              >
                {title} <Count>{count}</Count>
              </Link>
            ) : (
              <Link to="." search={changed(search, { category: slug })} className={ROW}>
                {title} <Count>{count}</Count>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Brands({ search, facets }: Props) {
  const filter = useFilter(search);
  const [all, setAll] = useState(false);
  const chosen = search.brand ?? [];
  // One that was chosen stays in sight, so that it can be taken off again.
  const listed = facets.brands.filter(
    ({ slug }, index) => all || index < FIRST_BRANDS || chosen.includes(slug),
  );
  const more = facets.brands.length - listed.length;
  if (facets.brands.length === 0) return null;
  return (
    <Group title="Brand">
      {listed.map(({ slug, title, count }) => (
        <label key={slug} className={ROW}>
          <input
            type="checkbox"
            className="check"
            checked={chosen.includes(slug)}
            onChange={(event) =>
              filter({
                brand: event.target.checked ? [...chosen, slug] : chosen.filter((other) => other !== slug),
              })
            }
          />
          {title} <Count>{count}</Count>
        </label>
      ))}
      {more > 0 && (
        <button type="button" className="link mt-1 min-h-11 cursor-pointer px-1" onClick={() => setAll(true)}>
          Show {more} more {more === 1 ? 'brand' : 'brands'}
        </button>
      )}
    </Group>
  );
}

function PriceForm({ search, currency }: Pick<Props, 'search' | 'currency'>) {
  const filter = useFilter(search);
  const id = useId();
  const digits = minorDigits(currency);
  const shown = (amount: number | undefined) => (amount === undefined ? '' : toDecimal(amount, digits));
  const [from, setFrom] = useState<string>(shown(search.minPrice));
  const [to, setTo] = useState<string>(shown(search.maxPrice));
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const minPrice = from.trim() === '' ? undefined : toMinorUnits(from, digits);
    const maxPrice = to.trim() === '' ? undefined : toMinorUnits(to, digits);
    const unread =
      (from.trim() !== '' && minPrice === undefined) || (to.trim() !== '' && maxPrice === undefined);
    const crossed = minPrice !== undefined && maxPrice !== undefined && minPrice > maxPrice;
    setWrong(unread || crossed);
    if (!unread && !crossed) filter({ minPrice, maxPrice });
  }

  const field = (label: string, value: string, set: (value: string) => void) => (
    <label className="min-w-0 flex-1 text-sm">
      {label}
      <input
        className="input mt-1 px-2.5 tabular-nums"
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  const sign = formatMoney({ amount: 0, currency }).replace(/[\d.,\s]/g, '');
  return (
    <form noValidate onSubmit={submit} className="mt-2 px-1">
      <div className="flex items-end gap-2">
        {field(`From ${sign}`, from, setFrom)}
        {field(`To ${sign}`, to, setTo)}
        <button type="submit" className="btn btn-quiet px-3.5">
          Set<span className="sr-only"> the price range</span>
        </button>
      </div>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="mt-1.5 text-sm font-semibold text-oxide-700">
          Two amounts, the smaller one first.
        </p>
      )}
    </form>
  );
}

function Prices({ search, facets, currency }: Props) {
  const filter = useFilter(search);
  const name = useId();
  const { minPrice, maxPrice } = search;
  const none = minPrice === undefined && maxPrice === undefined;
  return (
    <Group title="Price">
      <label className={ROW}>
        <input
          type="radio"
          className="check"
          name={name}
          checked={none}
          onChange={() => filter({ minPrice: undefined, maxPrice: undefined })}
        />
        Any price
      </label>
      {facets.prices.map(({ from, to, count }) => (
        <label key={from} className={ROW}>
          <input
            type="radio"
            className="check"
            name={name}
            checked={(minPrice ?? 0) === from && (maxPrice ?? null) === to && !none}
            onChange={() => filter({ minPrice: from || undefined, maxPrice: to ?? undefined })}
          />
          {priceWords(from, to, currency)} <Count>{count}</Count>
        </label>
      ))}
      <PriceForm key={`${minPrice} ${maxPrice}`} search={search} currency={currency} />
    </Group>
  );
}

function Ratings({ search, facets }: Props) {
  const filter = useFilter(search);
  const name = useId();
  if (!search.minRating && facets.ratings.every(({ count }) => count === 0)) return null;
  return (
    <Group title="Reviews">
      <label className={ROW}>
        <input
          type="radio"
          className="check"
          name={name}
          checked={search.minRating === undefined}
          onChange={() => filter({ minRating: undefined })}
        />
        Any
      </label>
      {facets.ratings.map(({ min, count }) => (
        <label key={min} className={ROW}>
          <input
            type="radio"
            className="check"
            name={name}
            checked={search.minRating === min}
            aria-label={`${ratingWords(min)} (${count})`}
            onChange={() => filter({ minRating: min })}
          />
          <Stars value={min} size="w-22" /> <span className="text-sm">{min < 5 && '& up'}</span>{' '}
          <Count>{count}</Count>
        </label>
      ))}
    </Group>
  );
}

/** Everything a listing can be narrowed by, with what each would leave. */
export function Filters(props: Props) {
  const { search, facets } = props;
  const filter = useFilter(search);
  return (
    <div>
      <Categories {...props} />
      <Group title="Availability">
        <label className={ROW}>
          <input
            type="checkbox"
            className="check"
            checked={search.inStock ?? false}
            onChange={(event) => filter({ inStock: event.target.checked ? true : undefined })}
          />
          In stock <Count>{facets.inStock.yes}</Count>
        </label>
      </Group>
      <Prices {...props} />
      <Brands {...props} />
      <Ratings {...props} />
    </div>
  );
}
