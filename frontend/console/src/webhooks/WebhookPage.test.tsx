import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Seen } from '../test-api';
import { DELIVERY, showWebhooks, WEBHOOK } from './test-kit';
import type { Webhook } from './types';
import { WebhookPage } from './WebhookPage';

const UNTIL = '2126-11-23T09:00:00Z';

const ANSWERS: readonly [RegExp, object][] = [
  [/\/test$/, { outcome: 'refused', status: 500, tookMs: 7, detail: 'answered 500', answer: 'out of paper' }],
  [/\/secret$/, { secret: 'whsec_bmV3', previousSecretUntil: UNTIL }],
  [/\/recovery$/, { deliveries: 2, more: false }],
];

function show(changes: Partial<Webhook> = {}, path = '/webhooks/whk_1/show') {
  const reply = ({ path: asked }: Seen) => {
    if (asked.includes('/replay')) return { status: 202, body: '' };
    const answer = ANSWERS.find(([pattern]) => pattern.test(asked));
    if (answer) return { body: answer[1] };
    if (asked.includes('/audit')) return { body: { items: [] } };
    if (asked.includes('cursor=2')) return { body: { items: [{ ...DELIVERY, id: 'dlv_0', state: 'held' }] } };
    if (asked.includes('/deliveries')) return { body: { items: [DELIVERY], nextCursor: '2' } };
    return { body: { ...WEBHOOK, ...changes } };
  };
  return showWebhooks(path, '/webhooks/:id/show', <WebhookPage />, reply);
}

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));
const dialog = () => within(screen.getByRole('dialog'));

it('shows where it goes, what it hears of, and how it goes', async () => {
  show();
  expect(await screen.findByRole('heading', { level: 1, name: 'Bookkeeping' })).toBeTruthy();
  expect(screen.getByText('https://books.example/hooks')).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'Events' })).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByText('Works')).toBeTruthy();
});

it('says why it is paused', async () => {
  const pause = { at: '2026-11-22T09:00:00Z', reason: 'dead' as const, note: null, by: null };
  show({ status: 'paused', pause });
  expect(await screen.findByText(/Nothing arrived there for three days/)).toBeTruthy();
  expect((screen.getByRole('button', { name: 'Send again since…' }) as HTMLButtonElement).disabled).toBe(
    true,
  );
});

it('says since when nothing has arrived, and how long the old secret signs too', async () => {
  show({ failingSince: '2026-11-22T09:00:00Z', lastFailure: 'answered 500', previousSecretUntil: UNTIL });
  expect(await screen.findByText(/Nothing has arrived since/)).toBeTruthy();
  expect(screen.getByText(/Last: answered 500\./)).toBeTruthy();
  expect(screen.getByText(/signs too until/)).toBeTruthy();
});

it('is paused with the reason, on the version that was looked at', async () => {
  const { sent } = show();
  await press('Pause');
  await userEvent.click(dialog().getByLabelText('Why'));
  await userEvent.paste('They move house.');
  await userEvent.click(dialog().getByRole('button', { name: 'Pause' }));
  await waitFor(() => expect(sent('PUT')).toHaveLength(1));
  const [put] = sent('PUT');
  expect(put).toMatchObject({ body: { status: 'paused', note: 'They move house.' } });
  expect(put?.path).toBe('/api/console/webhooks/whk_1/status');
  expect(put?.headers.get('if-match')).toBe('"4"');
});

it('goes on once somebody said so', async () => {
  const pause = {
    at: '2026-11-22T09:00:00Z',
    reason: 'byHand' as const,
    note: 'They move.',
    by: 'a@b.example',
  };
  const { sent } = show({ status: 'paused', pause });
  await press('Resume');
  await userEvent.click(dialog().getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(sent('PUT')).toHaveLength(1));
  expect(sent('PUT')[0]?.body).toEqual({ status: 'active', note: null });
});

it('is tested, and shows what was answered', async () => {
  show();
  await press('Send a test');
  expect(await screen.findByText('Refused, HTTP 500, after 7 ms')).toBeTruthy();
  expect(screen.getByRole('region', { name: 'Answer to the test' }).textContent).toBe('out of paper');
});

it('gets a new secret, shown this once', async () => {
  show();
  await press('Renew the secret');
  await userEvent.click(dialog().getByRole('button', { name: 'Renew' }));
  expect((await screen.findByTestId('webhook-secret')).textContent).toBe('whsec_bmV3');
  await press('I have kept it');
  await waitFor(() => expect(screen.queryByTestId('webhook-secret')).toBeNull());
});

it('sends again what did not arrive since a time', async () => {
  const { sent } = show({ failingSince: '2026-11-21T09:00:00Z' });
  await press('Send again since…');
  await userEvent.click(dialog().getByRole('button', { name: 'Send again' }));
  await waitFor(() =>
    expect(sent('POST').map(({ path }) => path)).toContain('/api/console/webhooks/whk_1/recovery'),
  );
  const asked = sent('POST').find(({ path }) => path.endsWith('/recovery'));
  // To the minute: that is what one types.
  expect(asked?.body).toEqual({ since: '2026-11-21T09:00:00.000Z' });
});

it('lists its deliveries by what the address says, page by page, and sends one again', async () => {
  const { seen, sent, router } = show({}, '/webhooks/whk_1/show?state=failed');
  const rows = within(await screen.findByRole('list', { name: 'Deliveries' }));
  expect(rows.getByRole('listitem').textContent).toContain('9 attempts, last: answered 500');
  expect(seen.some(({ path }) => path.endsWith('/deliveries?state=failed'))).toBe(true);
  await press('Earlier ones');
  await waitFor(() => expect(rows.getAllByRole('listitem')).toHaveLength(2));
  expect(rows.getAllByRole('listitem')[1]?.textContent).toContain('Held back');
  await press('Send again: OrderPaid dlv_1');
  await waitFor(() =>
    expect(sent('POST')[0]?.path).toBe('/api/console/webhooks/whk_1/deliveries/dlv_1/replay'),
  );
  await userEvent.click(screen.getByRole('combobox', { name: 'Event' }));
  await userEvent.click(screen.getByRole('option', { name: 'TaskCompleted' }));
  expect(router.state.location.search).toBe('?state=failed&type=TaskCompleted');
});
