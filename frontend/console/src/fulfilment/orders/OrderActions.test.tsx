import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext } from 'react-admin';
import { expect, it } from 'vitest';
import { createProvider } from '../../data/provider';
import { type Services, ServicesProvider } from '../../services';
import { fakeApi } from '../../test-api';
import type { DeskOrder } from '../types';
import { OrderActions } from './OrderActions';

const ORDER = {
  id: 'ord_1',
  number: '7Q2M4-K9F3B',
  status: 'cancelled',
  actions: ['retry', 'settleRefund'],
  cancellation: {
    reason: 'Nobody has it',
    at: '2026-11-22T07:00:00Z',
    refund: {
      amount: { amount: 500, currency: 'GBP' },
      status: 'declined',
      declineReason: 'the card has expired',
      paidOutside: null,
    },
  },
} as unknown as DeskOrder;

function show(group: string) {
  const state = { status: 'signedIn', user: { id: 'u', email: 'a@b.example', groups: [group] } };
  const identity = { subscribe: () => () => undefined, state: () => state };
  const services = { identity, config: { currency: 'GBP' } } as unknown as Services;
  const { http, seen } = fakeApi(() => ({ body: ORDER }));
  let changes = 0;
  render(
    <ServicesProvider services={services}>
      <CoreAdminContext dataProvider={createProvider(http)}>
        <OrderActions
          order={ORDER}
          onChange={() => {
            changes += 1;
          }}
        />
      </CoreAdminContext>
    </ServicesProvider>,
  );
  return { seen, changed: () => changes };
}

it('a declined refund that was paid back another way is settled, once one has said how', async () => {
  const { seen, changed } = show('admin');
  await userEvent.click(screen.getByRole('button', { name: 'Paid back another way' }));
  const dialog = within(await screen.findByRole('dialog'));
  const submit = dialog.getByRole('button', { name: 'It is paid back' });
  await userEvent.click(submit);
  expect(await dialog.findByText('Say how, so that others can find the payment.')).toBeDefined();
  await userEvent.type(dialog.getByLabelText(/^How it was paid back/), ' Bank transfer 4711 ');
  await userEvent.click(submit);
  expect(await dialog.findByText('Set the tick, if you are sure.')).toBeDefined();
  expect(seen).toEqual([]);

  await userEvent.click(dialog.getByRole('checkbox', { name: '£5.00 has left our account' }));
  await userEvent.click(submit);
  await waitFor(() => expect(changed()).toBe(1));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    path: '/api/console/fulfilment/orders/ord_1/refund-settlement',
    body: { note: 'Bank transfer 4711' },
  });
  expect(seen[0]?.headers.get('idempotency-key')).toBeTruthy();
});

it('only admins say that money was paid back', () => {
  show('operator');
  expect(screen.getByRole('button', { name: 'Retry' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Paid back another way' })).toBeNull();
});
