import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { TextControl } from '../../parts/TextControl';
import type { OrderPart } from '../types';
import { fieldOf, MAX_PARCEL_TEXT } from './parcel';

/** How many pieces of each SKU are sent. */
export function QuantityFields({ items }: { items: readonly OrderPart[] }) {
  return (
    <>
      {items.map(({ sku, quantity }) => (
        <TextControl
          key={sku}
          source={`quantities.${fieldOf(sku)}`}
          label={`Pieces of ${sku}`}
          numeric
          helperText={`0 to ${quantity}.`}
        />
      ))}
    </>
  );
}

export function TrackingFields() {
  return (
    <>
      <TextControl source="carrier" label="Carrier" max={MAX_PARCEL_TEXT} placeholder="Royal Mail" />
      <TextControl
        source="trackingNumber"
        label="Tracking number"
        max={MAX_PARCEL_TEXT}
        helperText="The customer sees it with the order."
      />
    </>
  );
}

/** A tick that one must set to go on, where nothing can be taken back. */
export function SureField({ label }: { label: string }) {
  const id = useId();
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController({ name: 'sure' });
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox
            checked={value === true}
            onChange={(_event, checked) => onChange(checked)}
            slotProps={{ input: { 'aria-describedby': error ? id : undefined } }}
          />
        }
        label={label}
      />
      {error?.message && (
        <FormLabel id={id} error component="div">
          {error.message}
        </FormLabel>
      )}
    </Box>
  );
}
