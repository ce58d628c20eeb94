import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';

/** What the queries of deliveries begin with. */
export const DELIVERIES = 'webhook-deliveries';

/** Sends a delivery again. */
export function useReplay(webhookId: string) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const replay = async (deliveryId: string) => {
    setBusy(deliveryId);
    try {
      await desk.replayDelivery(webhookId, deliveryId);
      notify('It is sent again.', { type: 'success' });
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
    } finally {
      setBusy(undefined);
      await client.invalidateQueries({ queryKey: [DELIVERIES, webhookId] });
    }
  };
  return { busy, replay };
}
