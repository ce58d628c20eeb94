import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { expect, it } from 'vitest';
import { createProvider } from '../../data/provider';
import { type Services, ServicesProvider } from '../../services';
import { fakeApi, type Seen } from '../../test-api';
import type { Adapters } from '../types';
import { SupplierCreate } from './SupplierCreate';

const ADAPTERS: Adapters = {
  items: [
    {
      id: 'http-json',
      title: 'JSON over HTTP',
      description: 'For any supplier with a JSON API.',
      fields: [
        {
          path: 'baseUrl',
          title: 'Base URL',
          help: 'What all paths are appended to.',
          kind: 'text',
          required: true,
          choices: [],
          example: null,
        },
      ],
      example: { baseUrl: 'https://example.org', states: {} },
      credential: 'the key',
      operations: ['place'],
      isPolled: true,
    },
  ],
  presets: [],
};

const state = { status: 'signedIn', user: { id: 'u', email: 'a@b.example', groups: ['admin'] } };

const services = {
  identity: { subscribe: () => () => undefined, state: () => state },
  config: { currency: 'GBP' },
} as unknown as Services;

function show(secretStatus: number) {
  const reply = ({ method, path }: Seen) => {
    if (path.endsWith('/adapters')) return { body: ADAPTERS };
    if (path.endsWith('/preview')) return { body: { requests: {}, readings: {}, faults: [] } };
    if (path.includes('/secrets/'))
      return { status: secretStatus, body: { updatedAt: '2026-11-22T07:00:00Z' } };
    return { status: method === 'POST' ? 201 : 200, body: { id: 'sup_1', name: 'Northgate', items: [] } };
  };
  const { http, seen } = fakeApi(reply);
  const provider = createProvider(http);
  const client = new QueryClient();
  const router = createMemoryRouter([
    {
      path: '*',
      element: (
        <ServicesProvider services={services}>
          <CoreAdminContext dataProvider={provider} queryClient={client}>
            <SupplierCreate />
          </CoreAdminContext>
        </ServicesProvider>
      ),
    },
  ]);
  render(<RouterProvider router={router} />);
  return { seen, router };
}

async function fill() {
  await userEvent.type(await screen.findByLabelText(/^Name/), 'Northgate');
  const url = screen.getByLabelText(/^Base URL/);
  await userEvent.clear(url);
  await userEvent.type(url, 'https://api.northgate.example');
  await userEvent.type(screen.getByLabelText('Key'), 'the secret');
  await userEvent.click(screen.getByRole('button', { name: 'Add the supplier' }));
}

const sent = (seen: readonly Seen[], end: string) => seen.find(({ path }) => path.endsWith(end));

it('adds the supplier, then puts its key where keys go, and leads on to the test', async () => {
  const { seen, router } = show(200);
  await fill();
  await waitFor(() => expect(router.state.location.search).toBe('?tab=connection'));
  const made = sent(seen, '/suppliers');
  expect(made?.headers.get('idempotency-key')).toBeTruthy();
  expect(made?.body).toMatchObject({
    name: 'Northgate',
    adapter: 'http-json',
    configuration: { baseUrl: 'https://api.northgate.example', states: {} },
  });
  expect(JSON.stringify(made?.body)).not.toContain('the secret');
  expect(sent(seen, '/secrets/credential')?.body).toEqual({ value: 'the secret' });
});

it('leads on also where the key could not be kept: the supplier is there', async () => {
  const { router } = show(503);
  await fill();
  await waitFor(() => expect(router.state.location.pathname).toBe('/suppliers/sup_1'));
});

it('adds nothing without a name', async () => {
  const { seen } = show(200);
  await userEvent.click(await screen.findByRole('button', { name: 'Add the supplier' }));
  expect(await screen.findByText('Give a name.')).toBeDefined();
  expect(sent(seen, '/suppliers')).toBeUndefined();
});
