import { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { type Line, lineErrors, MAX_PIECES, refusedLines, toSimulation } from './simulation';

const line = (sku: string, quantity = '1'): Line => ({ key: sku, sku, quantity });

describe('an order to be planned', () => {
  it('is sent as it was typed, without what was left empty', () => {
    expect(toSimulation([line(' HINGE ', '12')], '', '')).toEqual({
      lines: [{ sku: 'HINGE', quantity: 12 }],
    });
    expect(toSimulation([line('A')], 'fastest', '2 h')).toEqual({
      lines: [{ sku: 'A', quantity: 1 }],
      strategy: 'fastest',
      ageSeconds: 7200,
    });
  });

  it('names each SKU once, with a quantity within the limit', () => {
    expect(lineErrors([line('A'), line('B', String(MAX_PIECES))], '').isFine).toBe(true);
    expect(lineErrors([line('A'), line('A ')], '').lines[1]?.sku).toMatch(/already/);
    expect(lineErrors([line('')], '').lines[0]?.sku).toBeDefined();
    expect(lineErrors([line('A', '0')], '').isFine).toBe(false);
    expect(lineErrors([line('A', String(MAX_PIECES + 1))], '').lines[0]?.quantity).toBeDefined();
    expect(lineErrors([line('A')], 'long').age).toBeDefined();
  });
});

it('what the API objects to is shown at its line', () => {
  const errors = [
    { pointer: '/lines/1/sku', detail: 'There is no such SKU.' },
    { pointer: '/strategy', detail: 'No.' },
  ];
  const error = new HttpError('No', 422, { problem: { errors } });
  expect([...refusedLines(error)]).toEqual([[1, 'There is no such SKU.']]);
  expect(refusedLines(new Error('x')).size).toBe(0);
});
