import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { DeliveryPage } from './DeliveryPage';
import { DELIVERY, showWebhooks } from './test-kit';
import type { DeliveryDetail } from './types';

const attempt = (number: number, changes: Partial<DeliveryDetail['history'][number]> = {}) => ({
  number,
  at: '2026-11-22T09:00:00Z',
  outcome: 'refused' as const,
  status: 500,
  tookMs: 12,
  detail: null,
  answer: null,
  ...changes,
});

const DETAIL: DeliveryDetail = {
  ...DELIVERY,
  traceId: '0af7651916cd43dd8448eb211c80319c',
  history: [
    attempt(2, { answer: 'out of paper' }),
    attempt(1, { outcome: 'forbidden', status: null, detail: 'the address leads into a private network' }),
  ],
};

function show(changes: Partial<DeliveryDetail> = {}) {
  return showWebhooks(
    '/webhooks/whk_1/deliveries/dlv_1',
    '/webhooks/:id/deliveries/:deliveryId',
    <DeliveryPage />,
    ({ method }) => (method === 'POST' ? { status: 202, body: '' } : { body: { ...DETAIL, ...changes } }),
  );
}

it('tells of each attempt what was answered, the latest first', async () => {
  show();
  const attempts = within(await screen.findByRole('list', { name: 'Attempts' })).getAllByRole('listitem');
  expect(attempts[0]?.textContent).toMatch(/Attempt 2.*Refused, HTTP 500, after 12 ms.*out of paper/);
  expect(attempts[1]?.textContent).toMatch(/Attempt 1.*Not allowed, after 12 ms: the address leads into/);
  expect(screen.getByText(DETAIL.traceId ?? '')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'ord_1' }).getAttribute('href')).toBe('/attention/ord_1/show');
});

it('is sent again, and looked at anew', async () => {
  const { sent } = show();
  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(sent('GET').length).toBeGreaterThan(1));
  expect(sent('POST').map(({ path }) => path)).toEqual([
    '/api/console/webhooks/whk_1/deliveries/dlv_1/replay',
  ]);
});

it('cannot be sent again while it is on its way', async () => {
  show({ state: 'pending', history: [], nextAttemptAt: '2126-11-22T09:00:00Z' });
  expect(await screen.findByText('It was not tried yet.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
});
