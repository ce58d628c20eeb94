import { describe, expect, it } from 'vitest';
import { fieldOf, parcelItems, quantityMessages, wholeParcel } from './parcel';

const ITEMS = [
  { sku: 'A.1/B', quantity: 3 },
  { sku: 'C', quantity: 1 },
];

const typed = (first: string, second: string) => ({ [fieldOf('A.1/B')]: first, [fieldOf('C')]: second });

describe('a parcel', () => {
  it('holds everything unless one says otherwise', () => {
    const { quantities } = wholeParcel(ITEMS);
    expect(quantityMessages(ITEMS, quantities)).toEqual({});
    expect(parcelItems(ITEMS, quantities)).toEqual(ITEMS);
  });

  it('leaves out what stays behind', () => {
    expect(parcelItems(ITEMS, typed('2', '0'))).toEqual([{ sku: 'A.1/B', quantity: 2 }]);
  });

  it('holds no more than there is, and at least one piece', () => {
    expect(Object.keys(quantityMessages(ITEMS, typed('4', '1')))).toEqual([fieldOf('A.1/B')]);
    expect(Object.keys(quantityMessages(ITEMS, typed('', '2')))).toHaveLength(2);
    expect(quantityMessages(ITEMS, typed('0', '0'))).toEqual({
      [fieldOf('A.1/B')]: 'At least one piece must be in it.',
    });
  });

  it('names its fields without dots, which would nest them', () => {
    expect(fieldOf('A.1/B')).not.toMatch(/[./]/);
  });
});
