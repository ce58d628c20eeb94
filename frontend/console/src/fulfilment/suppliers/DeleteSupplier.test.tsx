import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { expect, it } from 'vitest';
import { createProvider } from '../../data/provider';
import { type Services, ServicesProvider } from '../../services';
import { fakeApi } from '../../test-api';
import type { Supplier } from '../types';
import { DeleteSupplier } from './DeleteSupplier';

const SUPPLIER = { id: 'sup_1', name: 'Northgate', openTasks: 0 } as Supplier;

function show({ group = 'admin', refusal }: { group?: string; refusal?: object } = {}) {
  const state = { status: 'signedIn', user: { id: 'u', email: 'a@b.example', groups: [group] } };
  const identity = { subscribe: () => () => undefined, state: () => state };
  const services = { identity, config: { currency: 'GBP' } } as unknown as Services;
  const { http, seen } = fakeApi(() => (refusal ? { status: 409, body: refusal } : { status: 204 }));
  const element = (
    <ServicesProvider services={services}>
      <CoreAdminContext dataProvider={createProvider(http)}>
        <DeleteSupplier supplier={SUPPLIER} disabled={false} />
      </CoreAdminContext>
    </ServicesProvider>
  );
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: ['/suppliers/sup_1'] });
  render(<RouterProvider router={router} />);
  return { seen, router };
}

async function type(name: string) {
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await userEvent.type(await screen.findByLabelText(/^Its name/), name);
  await userEvent.click(screen.getAllByRole('button', { name: 'Delete' }).at(-1) as HTMLElement);
}

it('deletes the supplier whose name was typed, and leads back to the list', async () => {
  const { seen, router } = show();
  await type('Northgate');
  await waitFor(() => expect(router.state.location.pathname).toBe('/suppliers'));
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /api/console/fulfilment/suppliers/sup_1',
  ]);
});

it('deletes nothing while another name is typed', async () => {
  const { seen } = show();
  await type('Southgate');
  expect(await screen.findByText('Type “Northgate”, if you are sure.')).toBeDefined();
  expect(seen).toEqual([]);
});

it('stays with what the API objects to', async () => {
  const { router } = show({ refusal: { title: 'It has open tasks', detail: '3 of its tasks are open.' } });
  await type('Northgate');
  expect((await screen.findByRole('alert')).textContent).toContain('3 of its tasks are open.');
  expect(router.state.location.pathname).toBe('/suppliers/sup_1');
});

it('is for admins alone', () => {
  show({ group: 'operator' });
  expect(screen.queryByRole('button')).toBeNull();
});
