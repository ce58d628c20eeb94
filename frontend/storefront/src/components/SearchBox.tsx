import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { MIN_CHARACTERS, REST_MS, step, suggestionsQuery, useRested } from '../lib/suggestions';
import { Highlighted } from './Highlighted';
import { SearchIcon } from './Icons';
import { Picture } from './Picture';
import { Price } from './Price';

const OPTION = 'flex min-h-12 cursor-pointer items-center gap-3 px-3 py-1.5 aria-selected:bg-enamel-100';

/** The words that the page's address asks for, where it is a search. */
function useSearchedFor(): string {
  return useLocation({
    select: ({ pathname, search }) => {
      const { q } = search as { q?: unknown };
      return pathname === '/search' && typeof q === 'string' ? q : '';
    },
  });
}

/** The search, with suggestions as one types: a combobox with a list, after WAI-ARIA's pattern. */
export function SearchBox() {
  const id = useId();
  const navigate = useNavigate();
  const searchedFor = useSearchedFor();
  const [typed, setTyped] = useState(searchedFor);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(searchedFor), [searchedFor]);

  const words = useRested(typed, REST_MS);
  const longEnough = typed.trim().length >= MIN_CHARACTERS;
  const { data } = useQuery({ ...suggestionsQuery(words), ...(!(open && longEnough) && { enabled: false }) });
  const items = longEnough ? (data?.items ?? []) : [];
  const shown = open && items.length > 0;
  // The last option leads to everything that was found.
  const count = shown ? items.length + 1 : 0;
  const optionId = (index: number) => `${id}-option-${index}`;

  function close() {
    setOpen(false);
    setActive(undefined);
  }

  function searchAll() {
    close();
    const q = typed.trim();
    if (q !== '') void navigate({ to: '/search', search: { q } });
  }

  function take(index: number) {
    const item = items[index];
    if (!item) return searchAll();
    close();
    setTyped('');
    void navigate({ to: '/products/$slug', params: { slug: item.slug } });
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // The first closes the list, the next one empties the field.
      if (shown) close();
      else setTyped('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) setOpen(true);
      setActive(step(active, count, event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && active !== undefined && shown) {
      take(active);
    } else {
      return;
    }
    event.preventDefault();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    searchAll();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a form that searches needs the role until <search> is known everywhere
    <form role="search" onSubmit={submit} className="relative min-w-0 flex-1 text-iron-950">
      <label htmlFor={`${id}-input`} className="sr-only">
        Search the shop
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        className="min-h-11 w-full rounded-lg bg-white py-2 pr-12 pl-3.5 ring-tape-400 placeholder:text-iron-600"
        placeholder="Hammers, hinges, stock numbers…"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={active !== undefined && shown ? optionId(active) : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(undefined);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <button
        type="submit"
        aria-label="Search"
        className="absolute inset-y-0 right-0 grid w-11 cursor-pointer place-items-center rounded-r-lg text-enamel-800 hover:bg-enamel-100"
      >
        <SearchIcon />
      </button>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Suggestions"
        hidden={!shown}
        className="absolute inset-x-0 top-full z-50 mt-1.5 max-h-[70dvh] overflow-y-auto rounded-xl bg-white py-1.5 shadow-plate ring-1 ring-iron-300"
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field keeps the focus and hears the keys
          <div
            key={item.id}
            id={optionId(index)}
            role="option"
            aria-selected={active === index}
            className={OPTION}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => take(index)}
          >
            <Picture
              image={item.image}
              slug={item.slug}
              decorative
              className="w-10 shrink-0 rounded-md"
              sizes="40px"
            />
            <span className="min-w-0 flex-1 leading-tight">
              <Highlighted parts={item.highlight?.title} text={item.title} />
            </span>
            <Price price={item.price} compareAt={null} className="font-semibold tabular-nums" />
          </div>
        ))}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field keeps the focus and hears the keys */}
        <div
          id={optionId(items.length)}
          role="option"
          aria-selected={active === items.length}
          className={`${OPTION} font-semibold text-enamel-800`}
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => setActive(items.length)}
          onClick={searchAll}
        >
          <SearchIcon />
          {data && data.total > items.length
            ? `See all ${data.total} for “${typed.trim()}”`
            : `Search for “${typed.trim()}”`}
        </div>
      </div>
    </form>
  );
}
