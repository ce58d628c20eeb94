import { addressLines, type SavedAddress } from '@ironmonger/api';
import { useId } from 'react';

/** The choice that is none of the address book's. */
export const NEW_ADDRESS = 'new';

interface Props {
  addresses: readonly SavedAddress[];
  chosen: string;
  onChoose: (id: string) => void;
}

const CHOICE =
  'flex cursor-pointer gap-3 rounded-xl bg-white p-4 ring-1 ring-iron-300 ring-inset hover:ring-enamel-700 has-checked:bg-enamel-100 has-checked:ring-2 has-checked:ring-enamel-800';

/** One of the address book's, or another one. */
export function AddressChoice({ addresses, chosen, onChoose }: Props) {
  const name = useId();
  const radio = (id: string) => (
    <input
      id={`${name}-${id}`}
      type="radio"
      className="check mt-0.5"
      name={name}
      value={id}
      checked={chosen === id}
      onChange={() => onChoose(id)}
    />
  );
  return (
    <fieldset>
      <legend className="mb-2 text-xl font-bold">From your address book</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {addresses.map((address) => {
          const [person, ...lines] = addressLines(address);
          return (
            <label key={address.id} htmlFor={`${name}-${address.id}`} className={CHOICE}>
              {radio(address.id)}
              <span className="min-w-0">
                <span className="block font-semibold">{person}</span>
                <span className="block text-[0.95rem] break-words text-iron-700">{lines.join(', ')}</span>
              </span>
            </label>
          );
        })}
        <label htmlFor={`${name}-${NEW_ADDRESS}`} className={CHOICE}>
          {radio(NEW_ADDRESS)}
          <span className="font-semibold">Another address</span>
        </label>
      </div>
    </fieldset>
  );
}
