import { useEffect, useId, useState } from 'react';

/** The most pieces of one thing that the shop sells at once. */
export const MAX_QUANTITY = 9_999;

interface Props {
  /** What is being counted, for the labels. */
  of: string;
  value: number;
  /** The highest number that makes sense, usually what is in stock. */
  max: number;
  onChange: (quantity: number) => void;
  compact?: boolean;
}

/** A whole number from 1 to `max`, by typing or by buttons; typing is taken on leaving or Enter. */
export function QuantityStepper({ of, value, max, onChange, compact = false }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);

  const highest = Math.max(1, Math.min(max, MAX_QUANTITY));
  function take(text: string) {
    const quantity = Number.parseInt(text, 10);
    const taken = Number.isNaN(quantity) ? value : Math.min(Math.max(quantity, 1), highest);
    setTyped(String(taken));
    if (taken !== value) onChange(taken);
  }

  const size = compact ? 'h-11 w-11' : 'h-12 w-12';
  const button = `${size} grid cursor-pointer place-items-center text-xl font-bold text-iron-900 hover:bg-tape-100 disabled:cursor-not-allowed disabled:text-iron-300 disabled:hover:bg-transparent`;
  return (
    <div>
      <label htmlFor={id} className={compact ? 'sr-only' : 'mb-1.5 block font-semibold'}>
        Quantity{compact && ` of ${of}`}
      </label>
      <div className="inline-flex rounded-lg bg-white ring-1 ring-iron-600 ring-inset">
        <button
          type="button"
          className={`${button} rounded-l-lg`}
          aria-label={`One fewer of ${of}`}
          disabled={value <= 1}
          onClick={() => onChange(Math.min(value - 1, highest))}
        >
          −
        </button>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          className={`${size} border-x border-iron-300 bg-transparent text-center font-semibold tabular-nums`}
          value={typed}
          onChange={(event) => setTyped(event.target.value.replace(/\D/g, '').slice(0, 4))}
          onBlur={(event) => take(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowUp' && value < highest) onChange(value + 1);
            else if (event.key === 'ArrowDown' && value > 1) onChange(value - 1);
            else if (event.key === 'Enter') take(event.currentTarget.value);
            else return;
            event.preventDefault();
          }}
        />
        <button
          type="button"
          className={`${button} rounded-r-lg`}
          aria-label={`One more of ${of}`}
          disabled={value >= highest}
          onClick={() => onChange(value + 1)}
        >
          +
        </button>
      </div>
    </div>
  );
}
