import type { Page } from '../api/types';

/** How far one may jump into a list whose cursors are not known yet, as after a reload on page 7. */
export const MAX_WALK = 50;

/** Cursors of a list's pages by its address; the first page needs none. */
export class Cursors {
  readonly #known = new Map<string, (string | null)[]>();

  /**
   * The given page of a list (counted from 1), walking there from the furthest page whose cursor is
   * known. A page beyond the end is an empty one.
   */
  async page<T>(
    list: string,
    page: number,
    fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
  ): Promise<{ items: T[]; hasNextPage: boolean }> {
    if (page > MAX_WALK) throw new RangeError(`Lists are shown up to page ${MAX_WALK}; narrow the search.`);
    const known = this.#known.get(list) ?? [null];
    // From the first page on everything may have changed.
    if (page === 1) known.length = 1;
    this.#known.set(list, known);
    for (let at = Math.min(page, known.length); ; at += 1) {
      const answer = await fetchPage(known[at - 1] ?? undefined);
      const next = answer.nextCursor ?? null;
      if (next === null) known.length = at;
      else known[at] = next;
      if (at === page) return { items: answer.items, hasNextPage: next !== null };
      if (next === null) return { items: [], hasNextPage: false };
    }
  }
}
