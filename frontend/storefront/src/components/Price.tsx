import { formatMoney, type Money } from '@ironmonger/api';

/** A price, with what it was compared to where that is more. */
export function Price({
  price,
  compareAt,
  className = '',
}: {
  price: Money;
  compareAt: Money | null | undefined;
  className?: string;
}) {
  if (!compareAt || compareAt.amount <= price.amount)
    return <span className={className}>{formatMoney(price)}</span>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="sr-only">Now </span>
      <span className={className}>{formatMoney(price)}</span>
      <span className="sr-only">, before </span>
      <s className="text-[0.95rem] text-iron-600 tabular-nums">{formatMoney(compareAt)}</s>
    </span>
  );
}
