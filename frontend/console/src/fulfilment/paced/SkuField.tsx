import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { useController } from 'react-hook-form';
import type { ConsoleProduct } from '../../api/types';
import { TextControl } from '../../parts/TextControl';
import { isWhole } from '../../products/isWhole';
import { ProductPicker } from '../routing/ProductPicker';
import type { PacedValues } from './form';

/** The variants of a product that was found by its name. */
function Variants({ id, onClose }: { id: string; onClose: () => void }) {
  const { field } = useController<PacedValues, 'sku'>({ name: 'sku' });
  const { data } = useGetOne<ConsoleProduct>('products', { id });
  if (!isWhole(data)) return null;
  const isOne = data.variants.some(({ sku }) => sku === field.value);
  return (
    <TextField
      select
      label={`Variant of ${data.title}`}
      value={isOne ? field.value : ''}
      onChange={(event) => {
        field.onChange(event.target.value);
        onClose();
      }}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="" disabled>
        Choose one
      </MenuItem>
      {data.variants.map(({ sku, title, stock }) => (
        <MenuItem key={sku} value={sku}>
          {title || sku}, {stock.available} in stock
        </MenuItem>
      ))}
    </TextField>
  );
}

const NONE: readonly string[] = [];

/** What is ordered: a SKU, typed or found by the product's name. */
export function SkuField() {
  const [product, setProduct] = useState<string>();
  return (
    <Stack spacing={2}>
      <TextControl source="sku" label="SKU" required helperText="The shop’s stock code of one variant." />
      <Box>
        <ProductPicker
          label="Find it by the product’s name"
          taken={NONE}
          disabled={false}
          onChoose={({ id }) => setProduct(id)}
        />
      </Box>
      {product && <Variants id={product} onClose={() => setProduct(undefined)} />}
    </Stack>
  );
}
