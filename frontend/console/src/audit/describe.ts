import { formatMoney } from '@ironmonger/api';

function isMoney(value: object): value is { amount: number; currency: string } {
  return 'amount' in value && 'currency' in value && Object.keys(value).length === 2;
}

/** A JSON value as a person reads it. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(nothing)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(describeValue).join(', ');
  if (typeof value !== 'object') return String(value);
  if (isMoney(value)) return formatMoney(value);
  if ('title' in value && typeof value.title === 'string' && value.title !== '') return value.title;
  return Object.entries(value)
    .map(([name, member]) => `${words(name)}: ${describeValue(member)}`)
    .join('; ');
}

/** A member's name in words: `lowStockThreshold` is "low stock threshold". */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** A JSON pointer as a person reads it: `/variants/0/price` is "Variants › 1 › price". */
export function describePath(pointer: string): string {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^\d+$/.test(segment) ? String(Number.parseInt(segment, 10) + 1) : words(segment)));
  const text = segments.join(' › ');
  return text === '' ? 'All of it' : text.charAt(0).toUpperCase() + text.slice(1);
}

/** An action in words: `product.updated` or `stockAdjusted`. */
export function describeAction(action: string): string {
  const text = words(action.replaceAll(/[._-]/g, ' ')).trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
