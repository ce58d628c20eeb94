import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Seen } from '../../test-api';
import { PacedOrderCreate } from './PacedOrderCreate';
import { PACED, showPaced } from './test-kit';
import type { PlanPreview } from './types';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

const PREVIEW: PlanPreview = {
  items: [
    { number: 1, at: '2026-11-22T09:00:00Z', quantity: 6, cost: pounds(3000), affordable: true },
    { number: 2, at: '2026-11-23T09:00:00Z', quantity: 4, cost: pounds(2000), affordable: false },
  ],
  more: false,
  quantity: 10,
  total: pounds(5000),
  unitPrice: pounds(500),
  endsAt: '2026-11-23T09:00:00Z',
  title: 'Hinge',
  available: 8,
};

const isPreview = ({ path }: Seen) => path.endsWith('/preview');
const isCreate = ({ method, path }: Seen) => method === 'POST' && path.endsWith('/paced-orders');

function open(answers: { preview?: object; create?: { status: number; body: object } } = {}) {
  return showPaced('/paced-orders/create', '/paced-orders/create', <PacedOrderCreate />, (asked) => {
    if (isPreview(asked)) return answers.preview ?? { body: PREVIEW };
    if (isCreate(asked)) return answers.create ?? { status: 201, body: PACED };
    const account = { id: 'cus_1', email: 'ada@example.org', name: 'Ada', createdAt: '2026-11-01T00:00:00Z' };
    return { body: { items: asked.path.includes('/customers') ? [account] : [] } };
  });
}

/** Puts a text into a field at once, in the place of what is there. */
async function put(label: RegExp | string, text: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
}

async function fillPlan() {
  await put(/^SKU/, 'HINGE');
  await put(/^Pieces in all/, '10');
  await put(/^Instalments/, '2');
}

async function fillRest() {
  await put(/^Name/, 'Hinges for Dudley');
  await put(/^Email address/, 'ada@example.org');
  await put(/^Full name/, 'Ada Farrier');
  await put(/^Address line 1/, '12 Anvil Row');
  await put(/^Town or city/, 'Dudley');
  await put(/^Postcode/, 'DY1 4PX');
}

const save = () => userEvent.click(screen.getByRole('button', { name: 'Start the paced order' }));

it('shows what a plan comes to while it is typed, and what stands in its way', async () => {
  const { seen } = open();
  expect(await screen.findByText(/Fill in the SKU and the plan/)).toBeDefined();
  await fillPlan();
  expect(await screen.findByText(/10 pieces of Hinge for £50.00 in all/)).toBeDefined();
  expect(screen.getByRole('img', { name: '2 instalments of 4 to 6 pieces.' })).toBeDefined();
  expect(screen.getByText(/8 pieces in stock now/)).toBeDefined();
  expect(screen.getByText(/is spent after 1 instalment/)).toBeDefined();
  expect(seen.filter(isPreview).at(-1)?.body).toMatchObject({
    sku: 'HINGE',
    plan: { kind: 'pace', quantity: 10, instalments: 2, curve: { kind: 'even' } },
  });
  expect(seen.some(isCreate)).toBe(false);
});

it('says what the API objects to in a plan', async () => {
  open({
    preview: { status: 422, body: { title: 'No', errors: [{ pointer: '/sku', detail: 'is not sold' }] } },
  });
  await fillPlan();
  expect((await screen.findByText('Is not sold.')).closest('[role=alert]')).not.toBeNull();
});

it('is made once, for an account if one wants, and leads to its page', async () => {
  const { seen, router } = open();
  await fillPlan();
  await fillRest();
  await userEvent.click(await screen.findByLabelText(/in the account of Ada/));
  await save();
  await waitFor(() => expect(router.state.location.pathname).toBe('/paced-orders/pcd_1/show'));
  const made = seen.filter(isCreate);
  expect(made).toHaveLength(1);
  expect(made[0]?.headers.get('idempotency-key')).toBeTruthy();
  expect(made[0]?.body).toMatchObject({ name: 'Hinges for Dudley', customerId: 'cus_1', sku: 'HINGE' });
});

it('shows refusals at their fields', async () => {
  const errors = [
    { pointer: '/plan/instalments', detail: 'must be further apart' },
    { pointer: '/shippingAddress/postalCode', detail: 'is too long' },
  ];
  open({ create: { status: 422, body: { title: 'No', errors } } });
  await fillPlan();
  await fillRest();
  await save();
  expect(await screen.findByText('Must be further apart.')).toBeDefined();
  expect(screen.getByText('Is too long.')).toBeDefined();
});

it('weighs the hours of the day', async () => {
  const { seen } = open();
  await fillPlan();
  await userEvent.click(screen.getByRole('radio', { name: 'By hour of day' }));
  await userEvent.click(screen.getByRole('button', { name: 'All alike' }));
  await put('Weight of 12:00', '5');
  await waitFor(() => {
    const asked = seen.filter(isPreview).at(-1)?.body as
      | { plan: { curve: { weights?: number[] } } }
      | undefined;
    expect(asked?.plan.curve.weights?.[12]).toBe(5);
    expect(asked?.plan.curve.weights?.[0]).toBe(1);
  });
});
