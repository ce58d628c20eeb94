import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext, ResourceContextProvider } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { expect, it } from 'vitest';
import type { PartnerCallback, PartnerKey } from '../api/people';
import { createProvider } from '../data/provider';
import { fakeApi } from '../test-api';
import { callbackState } from './callbackState';
import { PartnerKeyList } from './PartnerKeyList';

const EARLY = '2026-11-20T08:00:00Z';
const LATE = '2026-11-20T09:00:00.5Z';

const CALLBACK: PartnerCallback = {
  host: 'partner.example',
  paused: false,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
};

const KEY: PartnerKey = {
  id: 'pky_1',
  partnerId: 'prt_1',
  name: 'Dudley Counter',
  scopes: ['orders:write'],
  createdAt: EARLY,
  createdBy: 'admin@example.org',
  lastUsedAt: null,
  revokedAt: null,
  callback: null,
};

function show(items: readonly PartnerKey[]) {
  const { http, seen } = fakeApi(({ method }) =>
    method === 'POST'
      ? { status: 201, body: { ...KEY, callback: undefined, id: 'pky_2', key: 'imk_2_secret' } }
      : { body: { items } },
  );
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const page = (
    <CoreAdminContext dataProvider={createProvider(http)} queryClient={client}>
      <ResourceContextProvider value="partner-keys">
        <PartnerKeyList />
      </ResourceContextProvider>
    </CoreAdminContext>
  );
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element: page }])} />);
  return seen;
}

it.each<[string, Partial<PartnerCallback>]>([
  ['unused', {}],
  ['working', { lastSuccessAt: EARLY }],
  ['failing', { lastFailureAt: EARLY }],
  ['failing', { lastSuccessAt: EARLY, lastFailureAt: LATE }],
  ['working', { lastSuccessAt: LATE, lastFailureAt: EARLY }],
  ['off', { paused: true, lastSuccessAt: LATE }],
])('a callback is %s after %j', (state, changes) => {
  expect(callbackState({ ...CALLBACK, ...changes })).toBe(state);
});

it('shows of each key where its partner hears of orders, and how that goes', async () => {
  const failing = { ...CALLBACK, lastFailureAt: LATE, lastFailure: 'answered 500' };
  show([
    { ...KEY, callback: failing },
    { ...KEY, id: 'pky_0', name: 'Old counter', revokedAt: LATE, callback: failing },
    { ...KEY, id: 'pky_9', partnerId: 'prt_9', name: 'Someone else' },
  ]);
  const [first, revoked, other] = await screen.findAllByRole('listitem');
  expect(first?.textContent).toContain('Callback fails');
  expect(first?.textContent).toContain('partner.example: answered 500');
  expect(first?.textContent).toContain('for the same partner as “Old counter” of 20 Nov 2026 (revoked)');
  // Nobody is called back by a key that opens nothing; the partner's other key tells of it.
  expect(revoked?.textContent).not.toContain('Callback');
  expect(other?.textContent).not.toMatch(/Callback|same partner/);
});

it('replaces a key by one of the same partner, shown once', async () => {
  const seen = show([KEY]);
  await userEvent.click(await screen.findByRole('button', { name: 'Replace Dudley Counter' }));
  const dialog = screen.getByRole('dialog');
  expect(within(dialog).getByLabelText(/^Name/).getAttribute('value')).toBe('Dudley Counter');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make the new key' }));
  expect((await screen.findByTestId('partner-key')).textContent).toBe('imk_2_secret');
  await waitFor(() => expect(seen.some(({ method }) => method === 'POST')).toBe(true));
  const made = seen.find(({ method }) => method === 'POST');
  expect(made?.body).toEqual({ name: 'Dudley Counter', scopes: ['orders:write'], replaces: 'pky_1' });
});

it('makes a key of a new partner without one to replace', async () => {
  const seen = show([]);
  await userEvent.click((await screen.findAllByRole('button', { name: 'Make a key' }))[0] as HTMLElement);
  await userEvent.type(screen.getByLabelText(/^Name/), 'New one');
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }));
  await screen.findByTestId('partner-key');
  const made = seen.find(({ method }) => method === 'POST');
  expect(made?.body).toEqual({ name: 'New one', scopes: ['catalog:read'] });
});
