import { createTheme, ThemeProvider } from '@mui/material/styles';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { afterEach, expect, it, vi } from 'vitest';
import type { Why } from '../types';
import { WhyTable } from './WhyTable';

const cost = { amount: 450, currency: 'GBP' };

const WHY: Why = {
  sku: 'HINGE',
  strategy: 'cheapest',
  considered: [
    {
      supplierId: 'sup_1',
      supplierName: 'Northgate',
      cost,
      leadTimeSeconds: 86_400,
      verdict: 'chosen',
      refusal: null,
    },
    {
      supplierId: 'sup_2',
      supplierName: 'Calder',
      cost,
      leadTimeSeconds: 60,
      verdict: 'refused',
      refusal: 'budgetSpent',
    },
  ],
};

/** Shows it on a screen that is as wide as that. */
function show(isPhone: boolean) {
  const matches = (query: string) => ({
    matches: isPhone && query.includes('max-width'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  vi.stubGlobal('matchMedia', matches);
  render(
    <ThemeProvider theme={createTheme()}>
      <MemoryRouter>
        <WhyTable why={WHY} />
      </MemoryRouter>
    </ThemeProvider>,
  );
}

afterEach(() => vi.unstubAllGlobals());

it('is a table where there is room', () => {
  show(false);
  expect(screen.getByRole('table', { name: 'Considered for HINGE' })).toBeDefined();
  expect(screen.getAllByRole('row')).toHaveLength(3);
});

it('is a list on a phone, with all that the table says', () => {
  show(true);
  expect(screen.queryByRole('table')).toBeNull();
  const [first, second] = screen.getAllByRole('listitem');
  expect(first?.textContent).toContain('Northgate');
  expect(first?.textContent).toContain('£4.50 each, ships in 1 day');
  expect(second?.textContent).toContain('Left out: its budget is spent');
  expect(screen.getByRole('link', { name: 'Calder' }).getAttribute('href')).toBe('/suppliers/sup_2');
});
