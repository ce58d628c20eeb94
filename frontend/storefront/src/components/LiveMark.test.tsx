import type { Liveness } from '@ironmonger/realtime/react';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LiveMark } from './LiveMark';

it.each<[Liveness, RegExp]>([
  ['live', /keeps itself up to date/],
  ['connecting', /keeps itself up to date/],
  ['polling', /keeps itself up to date/],
  ['reconnecting', /asks every few seconds/],
])('a page that is %s says what that means to whoever looks at it', (liveness, words) => {
  render(<LiveMark liveness={liveness} />);
  const mark = screen.getByTestId('live');
  expect(mark.textContent).toMatch(words);
  // Not read out: a connection that comes and goes is no news.
  expect(mark.closest('[role=status], [aria-live]')).toBeNull();
});
