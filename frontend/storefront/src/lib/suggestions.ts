import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from './api';

/** How many products are suggested while one types. */
const SUGGESTIONS = 6;
/** Fewer characters say too little. */
export const MIN_CHARACTERS = 2;
/** How long typing has to rest before anything is asked for, in milliseconds. */
export const REST_MS = 150;

/** What is suggested for the words typed so far. An answer that nobody waits for is given up. */
export function suggestionsQuery(words: string) {
  return queryOptions({
    queryKey: ['search', 'suggestions', words.trim().toLowerCase()],
    queryFn: ({ signal }) => api.search({ q: words.trim(), limit: SUGGESTIONS }, signal),
    enabled: words.trim().length >= MIN_CHARACTERS,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** A value once it has rested for a while. */
export function useRested<T>(value: T, forMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return rested;
}

/** Where an arrow key leads in a list of `count` with nothing or one of them chosen; it goes around. */
export function step(active: number | undefined, count: number, by: 1 | -1): number | undefined {
  if (count === 0) return undefined;
  if (active === undefined) return by === 1 ? 0 : count - 1;
  const next = active + by;
  return next < 0 || next >= count ? undefined : next;
}
