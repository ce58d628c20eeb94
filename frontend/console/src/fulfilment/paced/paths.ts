export const PACED_ORDERS = '/paced-orders';

/** The console's page of a paced order. */
export function pacedPath(id: string): string {
  return `${PACED_ORDERS}/${encodeURIComponent(id)}/show`;
}
