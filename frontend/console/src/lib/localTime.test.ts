import { expect, it } from 'vitest';
import { fromLocalText, toLocalText } from './localTime';

it('a time comes back as it was, to the minute', () => {
  const at = new Date(2026, 2, 7, 9, 5);
  expect(toLocalText(at)).toBe('2026-03-07T09:05');
  expect(fromLocalText('2026-03-07T09:05')).toBe(at.toISOString());
});

it.each(['', undefined, '2026-03-07', 'tomorrow', '2026-13-40T09:05'])('%j is no time', (text) => {
  expect(fromLocalText(text)).toBeUndefined();
});
