import { describe, expect, it } from 'vitest';
import { safeNext } from './identity';
import { parseSearch, pickTexts, stringifySearch } from './url';

describe('the search part of an address', () => {
  it('is text both ways, numbers that are words included', () => {
    expect(stringifySearch({ q: '10', brand: ['a', 'b'], pages: 2, inStock: true })).toBe(
      '?q=10&brand=a%2Cb&pages=2&inStock=true',
    );
    expect(parseSearch('?q=10&brand=a%2Cb')).toEqual({ q: '10', brand: 'a,b' });
    expect(parseSearch(stringifySearch({ q: 'nut & bolt = 50%' }))).toEqual({ q: 'nut & bolt = 50%' });
  });

  it('leaves out what is not set', () => {
    expect(stringifySearch({ q: undefined, brand: [], category: '', sku: null })).toBe('');
  });

  it('keeps the named parts alone', () => {
    expect(pickTexts('sku')({ sku: 'HAM-1', other: 'x' })).toEqual({ sku: 'HAM-1' });
    expect(pickTexts('sku')({ sku: 5 })).toEqual({});
  });
});

describe('safeNext', () => {
  it('stays in this shop', () => {
    expect(safeNext('/account/orders?x=1#y')).toBe('/account/orders?x=1#y');
    for (const elsewhere of ['https://evil.example', '//evil.example', '/\\evil.example', 'account', '', 5]) {
      expect(safeNext(elsewhere)).toBeUndefined();
    }
  });
});
