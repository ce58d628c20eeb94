export const WEBHOOKS = '/webhooks';

/** The console's page of a webhook. */
export function webhookPath(id: string): string {
  return `${WEBHOOKS}/${encodeURIComponent(id)}/show`;
}

export function webhookEditPath(id: string): string {
  return `${WEBHOOKS}/${encodeURIComponent(id)}`;
}

export function deliveryPath(id: string, deliveryId: string): string {
  return `${WEBHOOKS}/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(deliveryId)}`;
}
