import type { SearchResult } from '@ironmonger/api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { api } from '../lib/api';
import { parseSearch, stringifySearch } from '../lib/url';
import { SearchBox } from './SearchBox';

const found = (...titles: string[]): SearchResult => ({
  items: titles.map((title) => ({
    id: title,
    slug: title.toLowerCase(),
    title,
    price: { amount: 500, currency: 'GBP' },
    compareAtPrice: null,
    image: null,
    inStock: true,
    brand: null,
    rating: null,
    highlight: null,
  })),
  total: titles.length + 10,
  nextCursor: null,
  facets: { categories: [], brands: [], prices: [], ratings: [], inStock: { yes: 0, no: 0 } },
  didYouMean: null,
});

function show(at = '/') {
  const root = createRootRoute({ component: SearchBox });
  const paths = ['/', '/search', '/products/$slug'].map((path) =>
    createRoute({ getParentRoute: () => root, path }),
  );
  const history = createMemoryHistory({ initialEntries: [at] });
  const router = createRouter({ routeTree: root.addChildren(paths), history, parseSearch, stringifySearch });
  render(
    <QueryClientProvider client={new QueryClient()}>
      {/* A router of its own, which is not the one that the shop's types speak of. */}
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return history;
}

const box = () => screen.findByRole('combobox');

describe('SearchBox', () => {
  it('asks once typing rests, not for every letter', async () => {
    const search = vi.spyOn(api, 'search').mockResolvedValue(found('Hammer'));
    show();
    await userEvent.type(await box(), 'hamm');
    await screen.findByRole('option', { name: /Hammer/ });
    expect(search.mock.calls.map(([query]) => query)).toEqual([{ q: 'hamm', limit: 6 }]);
  });

  it('asks for nothing before the second letter', async () => {
    const search = vi.spyOn(api, 'search').mockResolvedValue(found('Hammer'));
    show();
    await userEvent.type(await box(), 'h');
    await new Promise((rested) => setTimeout(rested, 250));
    expect(search).not.toHaveBeenCalled();
  });

  it('gives up an answer that nobody waits for', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    vi.spyOn(api, 'search').mockImplementation((_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    show();
    const input = await box();
    await userEvent.type(input, 'ham');
    await waitFor(() => expect(signals).toHaveLength(1));
    await userEvent.type(input, 'mer');
    await waitFor(() => expect(signals).toHaveLength(2));
    expect(signals[0]?.aborted).toBe(true);
  });

  it('is worked with arrows, Enter and Escape while the field keeps the focus', async () => {
    vi.spyOn(api, 'search').mockResolvedValue(found('Hammer', 'Hinge'));
    const history = show();
    const input = await box();
    await userEvent.type(input, 'h?');
    const options = await screen.findAllByRole('option');
    expect(options).toHaveLength(3);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(input.getAttribute('aria-activedescendant')).toBe(options[1]?.id);
    expect(document.activeElement).toBe(input);
    await userEvent.keyboard('{Escape}');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect((input as HTMLInputElement).value).toBe('h?');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(history.location.pathname).toBe('/products/hammer'));
  });

  it('searches for what was typed with Enter alone, and for everything found by the last option', async () => {
    vi.spyOn(api, 'search').mockResolvedValue(found('Hammer'));
    const history = show();
    await userEvent.type(await box(), ' claw hammer{Enter}');
    await waitFor(() => expect(history.location.href).toBe('/search?q=claw+hammer'));
    await userEvent.type(await box(), 's');
    await screen.findByRole('option', { name: /See all 11/ });
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await waitFor(() => expect(history.location.href).toBe('/search?q=claw+hammers'));
  });

  it('shows what the address asks for', async () => {
    vi.spyOn(api, 'search').mockResolvedValue(found());
    show('/search?q=10');
    expect(((await box()) as HTMLInputElement).value).toBe('10');
  });
});
