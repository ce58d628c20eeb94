import { currencySign } from '@ironmonger/api';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useController } from 'react-hook-form';
import type { Money } from '../api/types';
import { editableMoney, parseMoney } from '../lib/money';
import { useCurrency } from '../services';

/** What a money field holds: an amount, nothing, or the text of something that is none. */
export type MoneyValue = Money | string | null;

/** Whether a money field's value is an amount. */
export function isMoney(value: MoneyValue | undefined): value is Money {
  return typeof value === 'object' && value !== null;
}

const show = (value: MoneyValue | undefined) =>
  isMoney(value) ? editableMoney(value) : typeof value === 'string' ? value : '';

/** An amount of the shop's currency. Text that is no amount stays, for the form's validation to say so. */
export function MoneyInput({
  source,
  label,
  hideLabel = false,
  required = false,
  helperText,
}: {
  source: string;
  label: string;
  /** For tables, whose columns say it: the label is then only read out. */
  hideLabel?: boolean;
  required?: boolean;
  helperText?: string;
}) {
  const currency = useCurrency();
  const {
    field: { value, onChange, onBlur, ref, name },
    fieldState: { error },
  } = useController<Record<string, MoneyValue>>({ name: source });
  const [text, setText] = useState(show(value));
  const read = (typed: string): MoneyValue =>
    typed.trim() === '' ? null : (parseMoney(typed, currency) ?? typed);
  // A value set from elsewhere, such as a reset, replaces what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: not while one types the same amount in other words
  useEffect(() => {
    if (show(read(text)) !== show(value)) setText(show(value));
  }, [value]);
  return (
    <TextField
      name={name}
      inputRef={ref}
      {...(hideLabel ? {} : { label })}
      required={required}
      value={text}
      error={error !== undefined}
      helperText={error?.message ?? helperText}
      onChange={(event) => {
        setText(event.target.value);
        onChange(read(event.target.value));
      }}
      onBlur={() => {
        setText(show(read(text)));
        onBlur();
      }}
      slotProps={{
        htmlInput: { inputMode: 'decimal', autoComplete: 'off', ...(hideLabel && { 'aria-label': label }) },
        input: { startAdornment: <InputAdornment position="start">{currencySign(currency)}</InputAdornment> },
        ...(!hideLabel && { inputLabel: { shrink: true } }),
      }}
    />
  );
}
