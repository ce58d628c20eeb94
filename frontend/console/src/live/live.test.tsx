import type { Identity, IdentityState, SiteConfig } from '@ironmonger/identity';
import { RealtimeContext } from '@ironmonger/realtime/react';
import { fakeRealtime } from '@ironmonger/realtime/test-kit';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { CoreAdminContext, ResourceContextProvider } from 'react-admin';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProvider } from '../data/provider';
import { AttentionList } from '../fulfilment/orders/AttentionList';
import { TaskList } from '../fulfilment/tasks/TaskList';
import { QueuesPage } from '../operations/QueuesPage';
import { fakeApi, type Seen } from '../test-api';
import { consoleRealtime } from './realtime';

let fake: ReturnType<typeof fakeRealtime>;
beforeEach(() => {
  fake = fakeRealtime();
});
afterEach(() => fake.realtime.stop());

const task = (status: string) => ({
  id: 'tsk_1',
  orderId: 'ord_1',
  orderNumber: 'IM-1',
  supplierName: 'Forge',
  status,
  items: [{ sku: 'HINGE', quantity: 2 }],
  createdAt: '2026-11-22T09:00:00Z',
  reason: null,
});

const queue = (waiting: number) => ({
  name: 'dispatch',
  work: { worker: 'dispatch-task', waiting, inFlight: 0, delayed: 0, lastRun: null },
  letters: null,
});

function show(resource: string, page: ReactElement, items: (path: string) => object[]) {
  const { http, seen } = fakeApi(({ path }) => ({ body: { items: items(path) } }));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const element = (
    <RealtimeContext value={fake.realtime}>
      <CoreAdminContext dataProvider={createProvider(http)} queryClient={client}>
        <ThemeProvider theme={createTheme()}>
          <ResourceContextProvider value={resource}>{page}</ResourceContextProvider>
        </ThemeProvider>
      </CoreAdminContext>
    </RealtimeContext>
  );
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element }])} />);
  return seen;
}

async function welcome() {
  await waitFor(() => expect(fake.sockets).toHaveLength(1));
  await act(async () => fake.socket().opens());
  await act(async () => fake.socket().accepts());
}

const live = () => screen.getByTestId('live');
const asked = (seen: readonly Seen[], part: string) => seen.filter(({ path }) => path.includes(part)).length;

it('a list of tasks shows what happens as it happens, and says that it does', async () => {
  let status = 'planned';
  show('tasks', <TaskList />, (path) => (path.includes('/tasks') ? [task(status)] : []));
  await welcome();
  await waitFor(() => expect(live().textContent).toBe('Live'));
  expect(fake.socket().sent).toMatchObject([{ topics: ['tasks'], token: 'token' }]);
  const state = (await screen.findByText('Planned')).closest('[data-status]');
  expect(state?.getAttribute('data-status')).toBe('planned');
  status = 'completed';
  await act(async () => fake.socket().tells('evt_1', ['tasks'], { event: 'TaskCompleted', taskId: 'tsk_1' }));
  await waitFor(() => expect(document.querySelector('[data-status=completed]')).toBeTruthy());
  await act(async () => fake.socket().breaks());
  expect(live().textContent).toBe('Reconnecting');
});

it('the list of what needs attention follows what changes it', async () => {
  const seen = show('attention', <AttentionList />, () => []);
  await welcome();
  expect(fake.socket().sent).toMatchObject([{ topics: ['attention'] }]);
  await waitFor(() => expect(asked(seen, '/attention')).toBe(2));
  await act(async () => fake.socket().tells('evt_1', ['orders', 'attention']));
  await waitFor(() => expect(asked(seen, '/attention')).toBe(3));
});

it('queues move by what is sent, without asking', async () => {
  const seen = show('queues', <QueuesPage />, () => [queue(1)]);
  await welcome();
  await waitFor(() => expect(asked(seen, '/queues')).toBe(2));
  await act(async () =>
    fake.socket().tells('evt_1', ['queues'], { event: 'QueueDepths', orderId: null, queues: [queue(4711)] }),
  );
  expect(await screen.findByText('4711')).toBeTruthy();
  expect(asked(seen, '/queues')).toBe(2);
});

it('whoever signs in next begins anew', async () => {
  const listeners: (() => void)[] = [];
  let state: IdentityState = { status: 'guest' };
  const sockets: EventTarget[] = [];
  vi.stubGlobal(
    'WebSocket',
    class extends EventTarget {
      close = vi.fn();
      readyState = 1;
      constructor() {
        super();
        sockets.push(this);
      }
    },
  );
  const identity = {
    state: () => state,
    subscribe: (listener: () => void) => listeners.push(listener),
    idToken: async () => 'token',
  } as unknown as Identity;
  const realtime = consoleRealtime(identity, { realtimeUrl: 'wss://shop.example' } as SiteConfig);
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const signedIn = (id: string) => ({
    status: 'signedIn' as const,
    user: { id, email: 'a@b.example', groups: [] },
  });
  state = signedIn('u1');
  tell();
  realtime.follow({ topics: ['orders'], onEvent: vi.fn(), onCatchUp: vi.fn(), onState: vi.fn() });
  await waitFor(() => expect(sockets).toHaveLength(1));
  // A token that was renewed is nothing new.
  tell();
  state = signedIn('u2');
  tell();
  await waitFor(() => expect(sockets).toHaveLength(2));
  expect((sockets[0] as unknown as { close: () => void }).close).toHaveBeenCalled();
  realtime.stop();
  vi.unstubAllGlobals();
});
