import {
  ADDRESS_LABELS,
  ADDRESS_ORDER,
  type AddressField,
  COUNTRIES,
  isOptionalInAddress,
} from '@ironmonger/api';
import type { InputHTMLAttributes } from 'react';
import type { Form } from '../lib/forms';
import { Field, TextField } from './Field';

const INPUTS: Readonly<
  Record<Exclude<AddressField, 'country'>, Pick<InputHTMLAttributes<HTMLInputElement>, 'autoComplete'>>
> = {
  name: { autoComplete: 'shipping name' },
  line1: { autoComplete: 'shipping address-line1' },
  line2: { autoComplete: 'shipping address-line2' },
  city: { autoComplete: 'shipping address-level2' },
  region: { autoComplete: 'shipping address-level1' },
  postalCode: { autoComplete: 'shipping postal-code' },
};

const WIDE: readonly AddressField[] = ['name', 'line1', 'line2'];

/** The fields of an address, for a grid of two columns. */
export function AddressFields({ form, prefix }: { form: Form<AddressField>; prefix: string }) {
  return ADDRESS_ORDER.map((name) => (
    <div key={name} className={WIDE.includes(name) ? 'sm:col-span-2' : ''}>
      {name === 'country' ? (
        <Field id={`${prefix}-country`} label={ADDRESS_LABELS.country} error={form.errors.fields[name]}>
          {(control) => (
            <select
              {...control}
              autoComplete="shipping country"
              className="input"
              value={form.values[name]}
              onChange={(event) => form.set(name, event.target.value)}
            >
              {COUNTRIES.map((country) => (
                <option key={country.code} value={country.code}>
                  {country.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <TextField
          form={form}
          prefix={prefix}
          name={name}
          label={ADDRESS_LABELS[name]}
          optional={isOptionalInAddress(name)}
          {...INPUTS[name]}
        />
      )}
    </div>
  ));
}
