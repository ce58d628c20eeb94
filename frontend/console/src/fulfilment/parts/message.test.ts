import { expect, it } from 'vitest';
import { messageText } from './message';

it('a message has its headers, and its body after an empty line', () => {
  const headers = [{ name: 'Accept', value: 'application/json' }];
  expect(messageText('GET https://a.example/orders', headers, null)).toBe(
    'GET https://a.example/orders\nAccept: application/json',
  );
  expect(messageText('POST /x', [], '{"a":1}')).toBe('POST /x\n\n{\n  "a": 1\n}');
  expect(messageText('POST /x', [], 'a=1&b=2')).toBe('POST /x\n\na=1&b=2');
});
