import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Seen } from '../../test-api';
import { PacedOrderPage } from './PacedOrderPage';
import { PACED, showPaced } from './test-kit';
import type { PacedDetail } from './types';

function open(
  changes: Partial<PacedDetail> = {},
  put: { status: number; body: object } = { status: 200, body: {} },
) {
  return showPaced('/paced-orders/pcd_1/show', '/paced-orders/:id/show', <PacedOrderPage />, ({ method }) =>
    method === 'PUT' ? put : { body: { ...PACED, ...changes } },
  );
}

const changed = (seen: readonly Seen[]) => seen.filter(({ method }) => method === 'PUT');

it('tells how far it is, and leads to its orders', async () => {
  open();
  expect(await screen.findByText(/10 pieces in 2 instalments, even/)).toBeDefined();
  expect(screen.getByText('5 of 10 pieces')).toBeDefined();
  expect(screen.getByRole('link', { name: 'IM-1' }).getAttribute('href')).toBe('/attention/ord_1/show');
  expect(screen.getByRole('img', { name: '2 instalments of 5 pieces, 1 of them released.' })).toBeDefined();
  expect(screen.getByRole('progressbar', { name: 'Released' }).getAttribute('aria-valuenow')).toBe('50');
});

it('is paused with a reason, by the version that one saw', async () => {
  const { seen } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Why'), 'The site is closed.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Pause' }));
  await waitFor(() => expect(changed(seen)).toHaveLength(1));
  expect(changed(seen)[0]?.headers.get('if-match')).toBe('"3"');
  expect(changed(seen)[0]?.body).toEqual({ status: 'paused', note: 'The site is closed.' });
});

it('is not stopped before one has said that one is sure', async () => {
  const { seen } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
  const dialog = screen.getByRole('dialog');
  const stop = within(dialog).getByRole('button', { name: 'Stop' });
  await userEvent.click(stop);
  expect(await within(dialog).findByText(/Set the tick/)).toBeDefined();
  expect(changed(seen)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('checkbox'));
  await userEvent.click(stop);
  await waitFor(() => expect(changed(seen)[0]?.body).toEqual({ status: 'stopped', note: null }));
});

it('says who was quicker in the dialog itself', async () => {
  open({}, { status: 412, body: { title: 'No', detail: 'Somebody changed it meanwhile.' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Pause' }));
  expect(await screen.findByText('Somebody changed it meanwhile.')).toBeDefined();
});

it('says why the next instalment waits', async () => {
  open({ waiting: 'Only 3 of 5 pieces are in stock.' });
  expect((await screen.findByText(/Only 3 of 5/)).closest('[role=alert]')).not.toBeNull();
});

it('can be resumed after a pause, and says who paused it and why', async () => {
  open({ status: 'paused', changedBy: 'op@example.org', statusNote: 'The site is closed.' });
  expect(await screen.findByText('The site is closed.')).toBeDefined();
  expect(screen.getByText(/Paused by op@example.org/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Resume' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
});

it('has nothing to be done about once it is stopped', async () => {
  open({ status: 'stopped', toCome: [], nextAt: null });
  expect(await screen.findByText('Nothing: it is stopped.')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
});
