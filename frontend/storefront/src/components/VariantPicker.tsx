import type { Product } from '@ironmonger/api';
import { useId } from 'react';
import { type Choice, valueState } from '../lib/catalogue';

interface Props {
  product: Product;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

/** One group of radio buttons for each of a product's options. */
export function VariantPicker({ product, choice, onChoose }: Props) {
  const name = useId();
  return (
    <div className="space-y-5">
      {product.options.map((option) => (
        <fieldset key={option.name}>
          <legend className="mb-2 font-semibold">
            {option.name}
            <span className="font-normal text-iron-700">: {choice[option.name] ?? 'choose'}</span>
          </legend>
          <div className="flex flex-wrap gap-2.5">
            {option.values.map((value) => {
              const state = valueState(product, choice, option.name, value);
              return (
                <label key={value} className="relative cursor-pointer">
                  <input
                    type="radio"
                    name={`${name}-${option.name}`}
                    value={value}
                    checked={choice[option.name] === value}
                    onChange={() => onChoose({ ...choice, [option.name]: value })}
                    className="peer absolute inset-0 size-full cursor-pointer opacity-0"
                  />
                  <span
                    className={`flex min-h-12 min-w-12 items-center justify-center rounded-lg bg-white px-4 font-medium ring-1 ring-iron-600 transition-colors ring-inset peer-checked:bg-enamel-800 peer-checked:text-white peer-checked:ring-enamel-800 peer-hover:ring-2 peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-iron-950 ${state === 'available' ? '' : 'bg-transparent text-iron-600 line-through decoration-1'}`}
                  >
                    {value}
                    {state !== 'available' && (
                      <span className="sr-only">{state === 'soldOut' ? ' (sold out)' : ' (not made)'}</span>
                    )}
                  </span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
