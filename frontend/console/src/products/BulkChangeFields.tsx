import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import type { BulkChange, ProductStatus } from '../api/types';
import { parseMoney } from '../lib/money';
import type { Choice } from '../parts/Filters';
import { SlugsPicker } from '../parts/SlugsPicker';
import { useCurrency } from '../services';
import { MAX_PERCENT, MIN_PERCENT, parsePercent } from './bulk';
import { STATUSES, useCategoryChoices } from './ProductFilters';

type OnChange = (change: BulkChange | undefined) => void;

function PriceFields({ onChange }: { onChange: OnChange }) {
  const currency = useCurrency();
  const [by, setBy] = useState<'percent' | 'amount'>('percent');
  const [text, setText] = useState('');
  const read = (way: typeof by, typed: string): BulkChange | undefined => {
    if (way === 'percent') {
      const percent = parsePercent(typed);
      return percent === undefined ? undefined : { kind: 'price', percent };
    }
    const money = parseMoney(typed.replace(/^\s*\+/, ''), currency);
    return money && money.amount !== 0 ? { kind: 'price', amount: money.amount } : undefined;
  };
  const update = (way: typeof by, typed: string) => {
    setBy(way);
    setText(typed);
    onChange(read(way, typed));
  };
  const isWrong = text.trim() !== '' && read(by, text) === undefined;
  const hint =
    by === 'percent'
      ? `Whole per cents from ${MIN_PERCENT} to ${MAX_PERCENT}: 10 raises, -10 lowers.`
      : 'An amount for every price: 0.50 raises, -0.50 lowers.';
  return (
    <Stack spacing={1.5}>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="Change by"
        value={by}
        onChange={(_event, way: typeof by | null) => way && update(way, '')}
      >
        <ToggleButton value="percent">By per cent</ToggleButton>
        <ToggleButton value="amount">By an amount</ToggleButton>
      </ToggleButtonGroup>
      <TextField
        autoFocus
        label={by === 'percent' ? 'Per cent' : 'Amount'}
        value={text}
        error={isWrong}
        helperText={hint}
        onChange={(event) => update(by, event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' } }}
      />
    </Stack>
  );
}

function StatusFields({ onChange }: { onChange: OnChange }) {
  const [status, setStatus] = useState<ProductStatus | null>(null);
  return (
    <ToggleButtonGroup
      exclusive
      aria-label="New status"
      value={status}
      onChange={(_event, chosen: ProductStatus | null) => {
        setStatus(chosen);
        onChange(chosen ? { kind: 'status', status: chosen } : undefined);
      }}
    >
      {STATUSES.map(({ id, name }) => (
        <ToggleButton key={id} value={id}>
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function CategoryFields({ onChange }: { onChange: OnChange }) {
  const choices = useCategoryChoices();
  const [add, setAdd] = useState<readonly Choice[]>([]);
  const [remove, setRemove] = useState<readonly Choice[]>([]);
  const update = (added: readonly Choice[], removed: readonly Choice[]) => {
    setAdd(added);
    setRemove(removed);
    const ids = (list: readonly Choice[]) => list.map(({ id }) => id);
    onChange(
      added.length + removed.length > 0
        ? { kind: 'categories', add: ids(added), remove: ids(removed) }
        : undefined,
    );
  };
  return (
    <Stack spacing={1.5}>
      <SlugsPicker
        label="Put them into"
        choices={choices}
        value={add}
        onChange={(value) =>
          update(
            value,
            remove.filter(({ id }) => !value.some((added) => added.id === id)),
          )
        }
      />
      <SlugsPicker
        label="Take them out of"
        choices={choices}
        value={remove}
        onChange={(value) =>
          update(
            add.filter(({ id }) => !value.some((removed) => removed.id === id)),
            value,
          )
        }
      />
    </Stack>
  );
}

/** The fields of a bulk change; `onChange` hears undefined while they do not make one. */
export function BulkChangeFields({ kind, onChange }: { kind: BulkChange['kind']; onChange: OnChange }) {
  if (kind === 'price') return <PriceFields onChange={onChange} />;
  if (kind === 'status') return <StatusFields onChange={onChange} />;
  return <CategoryFields onChange={onChange} />;
}
