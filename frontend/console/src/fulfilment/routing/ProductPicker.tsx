import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import type { ProductRow } from '../../api/types';
import { useSettled } from '../parts/useSettled';

/** How long one may pause while typing before products are looked for. */
const PAUSE_MS = 300;

const SHOWN = 10;

/** Finds a product by its name, to add it to a list or take it for a form. */
export function ProductPicker({
  label = 'Add a product',
  taken,
  disabled,
  onChoose,
}: {
  label?: string;
  /** The products that are in the list already. */
  taken: readonly string[];
  disabled: boolean;
  onChoose: (product: { id: string; title: string }) => void;
}) {
  const [text, setText] = useState('');
  const asked = useSettled(text.trim(), PAUSE_MS);
  const { data = [], isFetching } = useGetList<ProductRow>(
    'products',
    { pagination: { page: 1, perPage: SHOWN }, filter: { q: asked } },
    { enabled: asked !== '' },
  );
  const options = asked === '' ? [] : data.filter(({ id }) => !taken.includes(id));
  return (
    <Autocomplete
      options={options}
      value={null}
      inputValue={text}
      disabled={disabled}
      loading={isFetching}
      blurOnSelect
      // The API has looked already.
      filterOptions={(found) => found}
      getOptionLabel={({ title }) => title}
      isOptionEqualToValue={(option, chosen) => option.id === chosen.id}
      noOptionsText={asked === '' ? 'Type a name' : 'No product is called so'}
      onInputChange={(_event, typed, reason) => {
        if (reason === 'input') setText(typed);
      }}
      onChange={(_event, chosen) => {
        if (!chosen) return;
        onChoose(chosen);
        setText('');
      }}
      renderInput={(params) => <TextField {...params} label={label} placeholder="Claw hammer" />}
    />
  );
}
