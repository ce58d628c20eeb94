import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ConflictDialog } from './ConflictDialog';
import type { Fields } from './conflict';

interface Thing {
  title: string;
  text: string;
  version: number;
}

const fields: Fields<Thing> = {
  pick: ({ title, text }) => ({ title, text }),
  label: (path) => path,
  describe: (_path, value) => [String(value)],
};

const conflict = {
  base: { title: 'A', text: 'x', version: 1 },
  mine: { title: 'Mine', text: 'mine', version: 1 },
  current: { title: 'A', text: 'theirs', version: 2 },
};

function open() {
  const calls = {
    onReload: vi.fn(async () => undefined),
    onTakeOver: vi.fn(async () => undefined),
    onClose: vi.fn(),
  };
  render(<ConflictDialog conflict={conflict} fields={fields} {...calls} />);
  return calls;
}

it('shows both values of each field, and saves the choice on the new version', async () => {
  const { onTakeOver } = open();
  const text = within(screen.getByRole('radiogroup', { name: 'text' }));
  expect(text.getByRole('radio', { name: /Yours/ }).getAttribute('aria-checked')).toBe('true');
  await userEvent.click(text.getByRole('radio', { name: /Theirs/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Save this choice' }));
  expect(onTakeOver).toHaveBeenCalledWith({ title: 'Mine', text: 'theirs', version: 2 });
});

it('reloads on request', async () => {
  const { onReload, onTakeOver } = open();
  await userEvent.click(screen.getByRole('button', { name: /reload/ }));
  expect(onReload).toHaveBeenCalledOnce();
  expect(onTakeOver).not.toHaveBeenCalled();
});
