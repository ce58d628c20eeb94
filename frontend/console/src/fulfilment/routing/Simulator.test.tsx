import { createTheme, ThemeProvider } from '@mui/material/styles';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext } from 'react-admin';
import { expect, it } from 'vitest';
import { createProvider } from '../../data/provider';
import { fakeApi } from '../../test-api';
import type { Simulation } from '../types';
import { Simulator } from './Simulator';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

const PLAN: Simulation = {
  assignments: [
    {
      supplierId: 'sup_1',
      supplierName: 'Northgate',
      startsInSeconds: 3600,
      leadTimeSeconds: 86_400,
      cost: pounds(900),
      items: [{ sku: 'HINGE', quantity: 2, code: 'H75', unitCost: pounds(450), cost: pounds(900) }],
      why: [
        {
          sku: 'HINGE',
          strategy: 'cheapest',
          considered: [
            {
              supplierId: 'sup_1',
              supplierName: 'Northgate',
              cost: pounds(450),
              leadTimeSeconds: 86_400,
              verdict: 'chosen',
              refusal: null,
            },
            {
              supplierId: 'sup_2',
              supplierName: 'Calder',
              cost: pounds(400),
              leadTimeSeconds: 60,
              verdict: 'refused',
              refusal: 'budgetSpent',
            },
          ],
        },
      ],
    },
  ],
  unroutable: [
    {
      sku: 'LOCK',
      quantity: 1,
      refusals: [{ supplierId: 'sup_2', supplierName: 'Calder', refusal: 'paused' }],
    },
  ],
  cost: pounds(900),
};

function show(status: number, body: object) {
  const { http, seen } = fakeApi(() => ({ status, body }));
  render(
    <ThemeProvider theme={createTheme()}>
      <CoreAdminContext dataProvider={createProvider(http)}>
        <Simulator />
      </CoreAdminContext>
    </ThemeProvider>,
  );
  return seen;
}

const ask = () => userEvent.click(screen.getByRole('button', { name: 'Where would it go?' }));

it('says where an order would go, and why', async () => {
  const seen = show(200, PLAN);
  await userEvent.type(screen.getByLabelText('SKU of line 1'), 'HINGE');
  await ask();
  expect((await screen.findByRole('status')).textContent).toBe('It would go to 1 supplier, for £9.00.');
  expect(screen.getByText(/Starts in 1 hour/).textContent).toContain('1 day after that');
  expect(screen.getByText('Left out: its budget is spent')).toBeDefined();
  expect(screen.getByText(/not Calder, for it is paused/)).toBeDefined();
  expect(seen[0]?.body).toEqual({ lines: [{ sku: 'HINGE', quantity: 1 }] });
});

it('asks nothing while a line is not filled in', async () => {
  const seen = show(200, PLAN);
  await ask();
  expect(screen.getByText('Give a SKU.')).toBeDefined();
  expect(seen).toEqual([]);
});

it('shows at its line what the API objects to', async () => {
  show(422, { title: 'No', errors: [{ pointer: '/lines/0/sku', detail: 'There is no such SKU.' }] });
  await userEvent.type(screen.getByLabelText('SKU of line 1'), 'NOPE');
  await ask();
  expect(await screen.findByText('There is no such SKU.')).toBeDefined();
});
