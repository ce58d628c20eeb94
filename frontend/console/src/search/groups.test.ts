import { expect, it } from 'vitest';
import { errorsByGroup, groupError, MAX_TERMS, tidyTerms } from './groups';

it('a term stands in a group once', () => {
  expect(tidyTerms([' Spanner ', 'spanner', 'Monkey   wrench', ''])).toEqual(['Spanner', 'Monkey wrench']);
});

it('a group has two terms at least and no more than its limit', () => {
  const terms = Array.from({ length: MAX_TERMS }, (_, n) => `term ${n}`);
  expect(groupError(['spanner'])).toMatch(/two/);
  expect(groupError(terms)).toBeUndefined();
  expect(groupError([...terms, 'one more'])).toMatch(/at most/);
});

it('objections find their group', () => {
  const errors = [
    { pointer: '/groups/3/1', detail: 'too long' },
    { pointer: '/groups/0', detail: 'too few' },
    { pointer: '/groups', detail: 'too many' },
  ];
  expect([...errorsByGroup(errors)]).toEqual([
    [3, 'too long'],
    [0, 'too few'],
  ]);
});
