import { beforeEach, expect, it, vi } from 'vitest';
import { Cursors, MAX_WALK } from './cursors';

/** A list of so many pages, whose cursors are the numbers of their pages. */
const list = (pages: number) =>
  vi.fn(async (cursor: string | undefined) => {
    const at = cursor === undefined ? 1 : Number(cursor);
    return { items: [`row of ${at}`], nextCursor: at < pages ? String(at + 1) : null };
  });

let cursors: Cursors;
beforeEach(() => {
  cursors = new Cursors();
});

it('goes from page to page with the cursor of the one before', async () => {
  const ask = list(3);
  expect(await cursors.page('a', 1, ask)).toEqual({ items: ['row of 1'], hasNextPage: true });
  expect(await cursors.page('a', 2, ask)).toEqual({ items: ['row of 2'], hasNextPage: true });
  expect(await cursors.page('a', 3, ask)).toEqual({ items: ['row of 3'], hasNextPage: false });
  expect(await cursors.page('a', 2, ask)).toEqual({ items: ['row of 2'], hasNextPage: true });
  expect(ask.mock.calls.flat()).toEqual([undefined, '2', '3', '2']);
});

it('walks to a page that was reloaded', async () => {
  const ask = list(5);
  expect((await cursors.page('a', 4, ask)).items).toEqual(['row of 4']);
  expect(ask).toHaveBeenCalledTimes(4);
});

it('keeps lists apart', async () => {
  const ask = list(3);
  await cursors.page('a', 1, ask);
  await cursors.page('b', 2, ask);
  expect(ask.mock.calls.flat()).toEqual([undefined, undefined, '2']);
});

it('a page beyond the end is empty', async () => {
  expect(await cursors.page('a', 9, list(2))).toEqual({ items: [], hasNextPage: false });
});

it('forgets the later pages when the first is read anew', async () => {
  await cursors.page('a', 3, list(3));
  await cursors.page('a', 1, list(1));
  expect(await cursors.page('a', 2, list(1))).toEqual({ items: [], hasNextPage: false });
});

it('does not walk for ever', async () => {
  const ask = list(MAX_WALK + 5);
  await expect(cursors.page('a', MAX_WALK + 1, ask)).rejects.toThrow(RangeError);
  expect((await cursors.page('a', MAX_WALK, ask)).items).toHaveLength(1);
});
