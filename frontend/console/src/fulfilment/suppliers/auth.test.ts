import { expect, it } from 'vitest';
import { authOf, WAYS, wayOf } from './auth';

it('each way is known again by what it makes', () => {
  for (const { id } of WAYS) expect(wayOf(authOf(id))?.id).toBe(id);
});

it('a way begins with what it needs, where that can be guessed', () => {
  for (const { id, fields, start } of WAYS) {
    const known = fields.map(({ path }) => path);
    expect(known).toEqual(expect.arrayContaining(Object.keys(start)));
    if (id === 'oauth') continue;
    const needed = fields.filter(({ required }) => required).map(({ path }) => path);
    expect(Object.keys(start)).toEqual(expect.arrayContaining(needed));
  }
});

it.each([[{ kind: 'none' }], [{ kind: 'magic' }], ['header'], [[]]])('%j is no way', (auth) => {
  expect(wayOf(auth)).toBeUndefined();
});
