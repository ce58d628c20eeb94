import { ADDRESS_LABELS, ADDRESS_ORDER, COUNTRIES, isOptionalInAddress } from '@ironmonger/api';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import { useEffect } from 'react';
import { useGetList } from 'react-admin';
import { useController, useWatch } from 'react-hook-form';
import type { Customer } from '../../api/people';
import { TextControl } from '../../parts/TextControl';
import { SelectControl } from '../parts/controls';
import { pair } from '../parts/layout';
import { useSettled } from '../parts/useSettled';
import type { PacedValues } from './form';

/** How long one may pause while typing before the account is looked for. */
const PAUSE_MS = 400;

const SHOWN = 10;

/** The account with exactly this address, once one pauses. */
function useAccount(email: string): Customer | undefined {
  const typed = email.trim().toLowerCase();
  const asked = useSettled(typed, PAUSE_MS);
  const { data = [] } = useGetList<Customer>(
    'customers',
    { pagination: { page: 1, perPage: SHOWN }, filter: { email: asked } },
    { enabled: /^\S+@\S+$/.test(asked) },
  );
  return data.find((customer) => customer.email.toLowerCase() === typed);
}

/** Whether the orders go to the account that has the address. */
function AccountField() {
  const email = useWatch<PacedValues, 'email'>({ name: 'email' });
  const account = useAccount(email ?? '');
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController<PacedValues, 'customerId'>({ name: 'customerId' });
  // Another address is another account's, or nobody's.
  useEffect(() => {
    if (value !== '' && value !== account?.id) onChange('');
  }, [value, account?.id, onChange]);
  return (
    <>
      {account && (
        <FormControlLabel
          control={
            <Checkbox
              checked={value === account.id}
              onChange={(_event, checked) => onChange(checked ? account.id : '')}
            />
          }
          label={`Show the orders in the account of ${account.name ?? account.email}`}
        />
      )}
      {error?.message && <FormHelperText error>{error.message}</FormHelperText>}
    </>
  );
}

const COUNTRY_CHOICES = COUNTRIES.map(({ code, name }) => ({ id: code, name }));

/** The most characters of a line of an address. */
const MAX_LINE = 100;

/** Whom the parcels go to, and who is told of them. */
export function WhoFields() {
  return (
    <Stack spacing={2}>
      <TextControl
        source="email"
        label="Email address"
        email
        required
        helperText="Of whoever the orders are for."
      />
      <AccountField />
      <Box sx={pair}>
        {ADDRESS_ORDER.map((field) =>
          field === 'country' ? (
            <SelectControl
              key={field}
              source="shippingAddress.country"
              label={ADDRESS_LABELS.country}
              choices={COUNTRY_CHOICES}
            />
          ) : (
            <TextControl
              key={field}
              source={`shippingAddress.${field}`}
              label={ADDRESS_LABELS[field]}
              max={MAX_LINE}
              required={!isOptionalInAddress(field)}
            />
          ),
        )}
      </Box>
    </Stack>
  );
}
