import { expect, it } from 'vitest';
import { isOver, itemsLine } from './words';

it('a task is told by its first item', () => {
  expect(itemsLine([{ sku: 'A', quantity: 2 }])).toBe('2 × A');
  expect(
    itemsLine([
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
      { sku: 'C', quantity: 1 },
    ]),
  ).toBe('2 × A and 2 more');
  expect(itemsLine([])).toBe('Nothing');
});

it('an overdue task is not over: it is being called off', () => {
  expect(isOver('overdue')).toBe(false);
  expect(isOver('completed')).toBe(true);
});
