import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { expect, it, vi } from 'vitest';
import { type Services, ServicesProvider } from '../services';
import { MoneyInput, type MoneyValue } from './MoneyInput';

const services = { config: { currency: 'GBP' } } as unknown as Services;

function Form({
  value,
  onChange,
  children,
}: {
  value: MoneyValue;
  onChange: (value: MoneyValue) => void;
  children?: ReactNode;
}) {
  const form = useForm<{ price: MoneyValue }>({ defaultValues: { price: value } });
  form.subscribe({
    name: 'price',
    formState: { values: true },
    callback: ({ values }) => onChange(values.price),
  });
  return (
    <ServicesProvider services={services}>
      <FormProvider {...form}>
        <MoneyInput source="price" label="Price" />
        <button type="button" onClick={() => form.setValue('price', { amount: 250, currency: 'GBP' })}>
          Set
        </button>
        {children}
      </FormProvider>
    </ServicesProvider>
  );
}

it('shows pounds and keeps minor units', async () => {
  const changed = vi.fn();
  render(<Form value={{ amount: 1899, currency: 'GBP' }} onChange={changed} />);
  const input = screen.getByLabelText('Price');
  expect(input).toHaveProperty('value', '18.99');
  await userEvent.clear(input);
  expect(changed).toHaveBeenLastCalledWith(null);
  await userEvent.type(input, '4.35');
  expect(changed).toHaveBeenLastCalledWith({ amount: 435, currency: 'GBP' });
});

it('keeps what is no amount as it was typed, and tidies what is one', async () => {
  const changed = vi.fn();
  render(<Form value={null} onChange={changed} />);
  const input = screen.getByLabelText('Price');
  await userEvent.type(input, '12x');
  expect(changed).toHaveBeenLastCalledWith('12x');
  await userEvent.clear(input);
  await userEvent.type(input, '1,299');
  await userEvent.tab();
  expect(input).toHaveProperty('value', '1299.00');
});

it('follows a value that is set from elsewhere', async () => {
  render(<Form value={null} onChange={() => undefined} />);
  await userEvent.click(screen.getByRole('button', { name: 'Set' }));
  expect(screen.getByLabelText('Price')).toHaveProperty('value', '2.50');
});
