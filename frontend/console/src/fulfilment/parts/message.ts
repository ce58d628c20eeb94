import type { Header } from '../types';

/** JSON that one can read; any other text as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A message as it goes over the wire: first line, headers, and the body after an empty line. */
export function messageText(first: string, headers: readonly Header[], body: string | null): string {
  const head = [first, ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\n');
  return body === null || body === '' ? head : `${head}\n\n${readable(body)}`;
}
