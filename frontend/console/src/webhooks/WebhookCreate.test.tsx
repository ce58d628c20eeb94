import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { showWebhooks, TYPES, WEBHOOK } from './test-kit';
import { WebhookCreate } from './WebhookCreate';

function show(secret: string | null = 'whsec_c2VjcmV0') {
  return showWebhooks('/webhooks/create', '/webhooks/create', <WebhookCreate />, ({ method, path }) => {
    if (method === 'POST') return { status: 201, body: { ...WEBHOOK, secret } };
    return { body: { items: path.endsWith('event-types') ? TYPES : [] } };
  });
}

const address = async (url: string) => {
  await userEvent.click(screen.getByLabelText(/^Address/));
  await userEvent.paste(url);
};
const box = (name: string) => screen.getByRole('checkbox', { name });
const save = () => screen.getByRole('button', { name: 'Add the webhook' });

it('is added with events of the catalogue, and its secret is shown this once', async () => {
  const { sent, router } = show();
  await screen.findByRole('checkbox', { name: 'OrderPaid' });
  expect(screen.getByText('The payment was captured.')).toBeTruthy();
  await address(' https://books.example/hooks ');
  await userEvent.click(box('All events of orders'));
  await userEvent.click(box('OrderFulfilled'));
  await userEvent.click(box('TaskCompleted'));
  await userEvent.click(save());
  expect((await screen.findByTestId('webhook-secret')).textContent).toBe('whsec_c2VjcmV0');
  const [made] = sent('POST');
  expect(made?.body).toEqual({
    url: 'https://books.example/hooks',
    description: '',
    types: ['OrderPaid', 'TaskCompleted'],
  });
  expect(made?.headers.get('idempotency-key')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/webhooks/whk_1/show'));
});

it('says what is missing before it asks, and chooses all of a kind at once', async () => {
  const { sent } = show();
  await screen.findByRole('checkbox', { name: 'OrderPaid' });
  await userEvent.click(box('All events of orders'));
  expect([box('OrderPaid'), box('OrderFulfilled')].map((each) => (each as HTMLInputElement).checked)).toEqual(
    [true, true],
  );
  await userEvent.click(box('All events of orders'));
  expect((box('OrderPaid') as HTMLInputElement).checked).toBe(false);
  await address('books.example');
  await userEvent.click(save());
  expect(await screen.findByText('Type the whole address, as https://example.com/hooks.')).toBeTruthy();
  expect(screen.getByText('Choose at least one event.')).toBeTruthy();
  expect(sent('POST')).toEqual([]);
});

it('whose first answer was lost has a secret that nobody saw: it leads on to renew it', async () => {
  const { router } = show(null);
  await screen.findByRole('checkbox', { name: 'OrderPaid' });
  await address('https://books.example/hooks');
  await userEvent.click(box('OrderPaid'));
  await userEvent.click(save());
  await waitFor(() => expect(router.state.location.pathname).toBe('/webhooks/whk_1/show'));
  expect(screen.queryByTestId('webhook-secret')).toBeNull();
});
