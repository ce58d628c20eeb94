import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { CoreAdminContext, ResourceContextProvider } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { createProvider } from '../../data/provider';
import { type Services, ServicesProvider } from '../../services';
import { fakeApi } from '../../test-api';
import type { PacedDetail } from './types';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

const START = '2026-11-22T09:00:00Z';
const SECOND = '2026-11-23T09:00:00Z';

/** A paced order of ten pieces, of which five were released. */
export const PACED: PacedDetail = {
  id: 'pcd_1',
  name: 'Hinges for Dudley',
  sku: 'HINGE',
  title: 'Hinge',
  status: 'running',
  released: 5,
  quantity: 10,
  spent: pounds(2500),
  nextAt: SECOND,
  endsAt: SECOND,
  waiting: null,
  createdAt: START,
  version: 3,
  email: 'ada@example.org',
  customerId: null,
  shippingAddress: {
    name: 'Ada Farrier',
    line1: '12 Anvil Row',
    city: 'Dudley',
    postalCode: 'DY1 4PX',
    country: 'GB',
  },
  plan: {
    kind: 'pace',
    quantity: 10,
    start: START,
    end: '2026-11-24T09:00:00Z',
    instalments: 2,
    curve: { kind: 'even' },
    budget: null,
  },
  postponedSeconds: 0,
  statusNote: null,
  changedBy: null,
  changedAt: START,
  createdBy: 'op@example.org',
  done: [{ number: 1, at: START, quantity: 5, orderId: 'ord_1', orderNumber: 'IM-1', total: pounds(2500) }],
  toCome: [{ number: 2, at: SECOND, quantity: 5 }],
  more: false,
};

const services = {
  identity: {
    subscribe: () => () => undefined,
    state: () => ({ status: 'signedIn', user: { id: 'u', email: 'op@example.org', groups: ['operator'] } }),
  },
  config: { currency: 'GBP' },
} as unknown as Services;

/** Shows a page of paced orders over an API that answers as it is told to. */
export function showPaced(
  path: string,
  pattern: string,
  page: ReactElement,
  reply: Parameters<typeof fakeApi>[0],
) {
  const { http, seen } = fakeApi(reply);
  const router = createMemoryRouter(
    [
      { path: pattern, element: page },
      { path: '*', element: null },
    ].map(({ path: address, element }) => ({
      path: address,
      element: (
        <ServicesProvider services={services}>
          <CoreAdminContext
            dataProvider={createProvider(http)}
            queryClient={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
          >
            <ResourceContextProvider value="paced-orders">{element}</ResourceContextProvider>
          </CoreAdminContext>
        </ServicesProvider>
      ),
    })),
    { initialEntries: [path] },
  );
  render(<RouterProvider router={router} />);
  return { seen, router };
}
