import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { CoreAdminContext, ResourceContextProvider } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { createProvider } from '../data/provider';
import { fakeApi } from '../test-api';
import type { Delivery, EventType, Webhook } from './types';

const AT = '2026-11-22T09:00:00Z';

export const TYPES: EventType[] = [
  { type: 'OrderPaid', group: 'order', when: 'The payment was captured.' },
  { type: 'OrderFulfilled', group: 'order', when: 'Everything has left.' },
  { type: 'TaskCompleted', group: 'task', when: 'A supplier is done.' },
];

export const WEBHOOK: Webhook = {
  id: 'whk_1',
  url: 'https://books.example/hooks',
  host: 'books.example',
  description: 'Bookkeeping',
  types: ['OrderPaid', 'TaskCompleted'],
  status: 'active',
  pause: null,
  createdAt: AT,
  createdBy: 'admin@example.org',
  changedAt: AT,
  previousSecretUntil: null,
  lastSuccessAt: AT,
  lastFailureAt: null,
  lastFailure: null,
  failingSince: null,
  version: 4,
};

export const DELIVERY: Delivery = {
  id: 'dlv_1',
  eventId: 'evt_1',
  type: 'OrderPaid',
  orderId: 'ord_1',
  taskId: null,
  happenedAt: AT,
  state: 'failed',
  attempts: 9,
  lastAttemptAt: AT,
  status: 500,
  detail: 'answered 500',
  tookMs: 12,
  nextAttemptAt: null,
};

/** Shows a page of webhooks over an API that answers as it is told to. */
export function showWebhooks(
  path: string,
  pattern: string,
  page: ReactElement,
  reply: Parameters<typeof fakeApi>[0],
) {
  const { http, seen } = fakeApi(reply);
  const provider = createProvider(http);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const framed = (element: ReactElement | null) => (
    <CoreAdminContext dataProvider={provider} queryClient={client}>
      <ResourceContextProvider value="webhooks">{element}</ResourceContextProvider>
    </CoreAdminContext>
  );
  const router = createMemoryRouter(
    [
      { path: pattern, element: framed(page) },
      { path: '*', element: framed(null) },
    ],
    { initialEntries: [path] },
  );
  render(<RouterProvider router={router} />);
  const sent = (method: string) => seen.filter((asked) => asked.method === method);
  return { seen, sent, router };
}
