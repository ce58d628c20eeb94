import { expect, it } from 'vitest';
import { since } from './When';

it('says how long ago something was, and after a week its date', () => {
  const now = new Date('2026-03-20T12:00:00Z');
  const ago = (minutes: number) => since(new Date(now.getTime() - minutes * 60_000), now);
  expect([0.5, 1, 59, 60, 24 * 60, 6 * 24 * 60].map(ago)).toEqual([
    'just now',
    '1 minute ago',
    '59 minutes ago',
    '1 hour ago',
    'yesterday',
    '6 days ago',
  ]);
  expect(ago(8 * 24 * 60)).toBe('12 Mar 2026');
});
