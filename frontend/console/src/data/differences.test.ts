import { describe, expect, it } from 'vitest';
import { differences, fieldAt, same, withField } from './differences';

describe('same', () => {
  it('does not tell an empty field from a missing one', () => {
    expect(same({ a: null }, {})).toBe(true);
    expect(same('', undefined)).toBe(true);
    expect(same({ a: 0 }, {})).toBe(false);
    expect(same([], {})).toBe(false);
  });

  it('looks all the way down', () => {
    expect(same({ a: [{ b: 1 }] }, { a: [{ b: 1 }] })).toBe(true);
    expect(same({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });
});

describe('differences', () => {
  it('goes into objects but not into lists and amounts', () => {
    const price = (amount: number) => ({ amount, currency: 'GBP' });
    const base = { seo: { title: 'a', description: 'b' }, list: [1], price: price(1), same: 1 };
    const mine = { seo: { title: 'mine', description: 'b' }, list: [1, 2], price: price(2), same: 1 };
    const current = { seo: { title: 'a', description: 'theirs' }, list: [3], price: price(3), same: 1 };
    expect(differences(base, mine, current)).toEqual([
      { path: 'seo.title', mine: 'mine', current: 'a', changedBy: 'me' },
      { path: 'seo.description', mine: 'b', current: 'theirs', changedBy: 'them' },
      { path: 'list', mine: [1, 2], current: [3], changedBy: 'both' },
      { path: 'price', mine: price(2), current: price(3), changedBy: 'both' },
    ]);
  });
});

it('fields are read and replaced by path', () => {
  const values = { seo: { title: 'a', description: 'b' } };
  expect(withField(values, 'seo.title', 'c')).toEqual({ seo: { title: 'c', description: 'b' } });
  expect(withField({ seo: null }, 'seo.title', 'c')).toEqual({ seo: { title: 'c' } });
  expect(values.seo.title).toBe('a');
  expect(fieldAt(values, 'seo.title')).toBe('a');
  expect(fieldAt({ seo: null }, 'seo.title')).toBeUndefined();
});
