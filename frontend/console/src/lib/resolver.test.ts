import type { ResolverOptions } from 'react-hook-form';
import { expect, it } from 'vitest';
import { isFine, type Messages, resolverOf } from './resolver';

const resolve = (messages: Messages) =>
  resolverOf(() => messages)({ a: 1 }, undefined, {} as ResolverOptions<Record<string, unknown>>);

it('lets values through where nothing is wrong, however empty the answer is nested', async () => {
  expect(await resolve({ a: undefined, list: [{}, { b: undefined }] })).toEqual({
    values: { a: 1 },
    errors: {},
  });
});

it('nests errors as the messages are', async () => {
  expect(await resolve({ a: 'No', list: [{}, { b: 'Nor this' }] })).toEqual({
    values: {},
    errors: {
      a: { type: 'manual', message: 'No' },
      list: [undefined, { b: { type: 'manual', message: 'Nor this' } }],
    },
  });
});

it('all is fine where no message is, however deep', () => {
  expect(isFine({ a: undefined, b: { c: undefined }, list: [{}] })).toBe(true);
  expect(isFine({ a: undefined, b: { c: 'No' } })).toBe(false);
});
