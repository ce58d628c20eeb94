import { expect, it } from 'vitest';
import { parseWhole, signed } from './words';

it('whole numbers are read with their sign', () => {
  expect(['12', '-3', '+4', '−5', ' 6 '].map(parseWhole)).toEqual([12, -3, 4, -5, 6]);
  expect(['', '1.5', '1e3', 'x', '12345678'].map(parseWhole)).toEqual(Array(5).fill(undefined));
});

it('changes show their sign', () => {
  expect([3, -2].map(signed)).toEqual(['+3', '−2']);
});
