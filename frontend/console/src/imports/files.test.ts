import { expect, it } from 'vitest';
import { joinCsv, MAX_BYTES, whyNot } from './files';

it('pages of a catalogue make one file with one header', () => {
  const pages = ['sku,title\r\nA,Anvil\r\n', 'sku,title\r\nB,"Bolt\nlong"\r\n', 'sku,title\r\n'];
  expect(joinCsv(pages)).toBe('sku,title\r\nA,Anvil\r\nB,"Bolt\nlong"\r\n');
});

it('a line break within quotes does not end the header', () => {
  expect(joinCsv(['a\n1\n', '"x\ny",z\n2,3\n'])).toBe('a\n1\n2,3\n');
});

it('a last row without its line break gets one', () => {
  expect(joinCsv(['a\n1', 'a\n2'])).toBe('a\n1\r\n2\r\n');
});

it('only CSV files up to the limit are sent', () => {
  expect(whyNot({ name: 'a.csv', size: MAX_BYTES })).toBeUndefined();
  expect(whyNot({ name: 'a.csv', size: MAX_BYTES + 1 })).toMatch(/10 MB/);
  expect(whyNot({ name: 'a.xlsx', size: 1 })).toMatch(/CSV/);
  expect(whyNot({ name: 'a.csv', size: 0 })).toMatch(/empty/);
});
