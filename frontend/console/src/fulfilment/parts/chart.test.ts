import { expect, it } from 'vitest';
import { columns, hoursBetween, share } from './chart';

it.each([
  [5, 10, 0.5],
  [20, 10, 1],
  [-1, 10, 0],
  [5, 0, 0],
  [null, 10, 0],
])('%s of %d is %d', (value, whole, expected) => {
  expect(share(value, whole)).toBe(expected);
});

it('hours in which nothing happened have columns too', () => {
  const hours = hoursBetween(new Date('2026-11-22T05:40:00Z'), new Date('2026-11-22T07:10:00Z'));
  expect(hours.map((at) => new Date(at).toISOString())).toEqual([
    '2026-11-22T05:00:00.000Z',
    '2026-11-22T06:00:00.000Z',
    '2026-11-22T07:00:00.000Z',
  ]);
  const points = [{ at: '2026-11-22T06:00:00Z', calls: 10, failures: 3 }];
  expect(columns(points, hours).map(({ good, bad }) => [good, bad])).toEqual([
    [0, 0],
    [7, 3],
    [0, 0],
  ]);
});
