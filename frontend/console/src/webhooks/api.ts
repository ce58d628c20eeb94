import type { Http } from '../api/http';
import type { Page } from '../api/types';
import type {
  Attempt,
  Delivery,
  DeliveryDetail,
  DeliveryFilter,
  EventType,
  NewWebhook,
  Recovery,
  RenewedSecret,
  Webhook,
  WebhookInput,
  WebhookStatus,
} from './types';

const part = encodeURIComponent;

/** What one asks of webhooks beyond reading and changing them. */
export function webhooksDesk(http: Http) {
  const webhook = (id: string) => `/api/console/webhooks/${part(id)}`;
  const delivery = (id: string, deliveryId: string) => `${webhook(id)}/deliveries/${part(deliveryId)}`;
  return {
    listWebhookEventTypes: async (signal?: AbortSignal): Promise<EventType[]> =>
      (await http<Page<EventType>>('GET', '/api/console/webhook-event-types', { signal })).data.items,
    createWebhook: async (input: WebhookInput, idempotencyKey: string): Promise<NewWebhook> =>
      (await http<NewWebhook>('POST', '/api/console/webhooks', { body: input, idempotencyKey })).data,
    /** Changes the state of the version that was looked at. */
    setWebhookStatus: async (
      { id, version }: Pick<Webhook, 'id' | 'version'>,
      status: WebhookStatus,
      note: string | null,
    ): Promise<Webhook> =>
      (await http<Webhook>('PUT', `${webhook(id)}/status`, { body: { status, note }, version })).data,
    renewWebhookSecret: async (id: string): Promise<RenewedSecret> =>
      (await http<RenewedSecret>('POST', `${webhook(id)}/secret`)).data,
    testWebhook: async (id: string): Promise<Attempt> =>
      (await http<Attempt>('POST', `${webhook(id)}/test`)).data,
    listDeliveries: async (
      id: string,
      { state, type }: DeliveryFilter,
      cursor?: string,
      signal?: AbortSignal,
    ): Promise<Page<Delivery>> => {
      const query = { state, type, cursor };
      return (await http<Page<Delivery>>('GET', `${webhook(id)}/deliveries`, { query, signal })).data;
    },
    getDelivery: async (id: string, deliveryId: string, signal?: AbortSignal): Promise<DeliveryDetail> =>
      (await http<DeliveryDetail>('GET', delivery(id, deliveryId), { signal })).data,
    replayDelivery: async (id: string, deliveryId: string): Promise<void> => {
      await http('POST', `${delivery(id, deliveryId)}/replay`);
    },
    /** Sends all again that failed or was held back since. */
    recoverDeliveries: async (id: string, since: string): Promise<Recovery> =>
      (await http<Recovery>('POST', `${webhook(id)}/recovery`, { body: { since } })).data,
  };
}
