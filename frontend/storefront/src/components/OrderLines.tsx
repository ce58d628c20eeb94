import { formatMoney, type Money } from '@ironmonger/api';

interface Line {
  sku: string;
  quantity: number;
  title: string;
  variantTitle: string;
  lineTotal: Money;
}

/** What is in a cart or an order, a line each. */
export function OrderLines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="mt-4 space-y-3">
      {lines.map(({ sku, quantity, title, variantTitle, lineTotal }) => (
        <li key={sku} className="flex justify-between gap-4">
          <span>
            <span className="font-semibold tabular-nums">{quantity} ×</span> {title}
            {variantTitle && variantTitle !== title && (
              <span className="block text-sm text-iron-700">{variantTitle}</span>
            )}
          </span>
          <span className="tabular-nums">{formatMoney(lineTotal)}</span>
        </li>
      ))}
    </ul>
  );
}
