/** The console's page of an order that is being fulfilled. */
export function orderPath(id: string): string {
  return `/attention/${encodeURIComponent(id)}/show`;
}
