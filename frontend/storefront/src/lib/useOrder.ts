import { isForbidden, isNotFound, type Order, type PayOrderRequest } from '@ironmonger/api';
import { useFollow } from '@ironmonger/realtime/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from './api';
import { isFinal, LIVE_POLL_MS, pollDelay } from './orders';

/** What opens an order: the token of its private link, or the account that it belongs to. */
export type OrderAccess = { kind: 'link'; token: string } | { kind: 'account' };

export const BY_ACCOUNT: OrderAccess = { kind: 'account' };

/** Where an order is kept among what was fetched; one opened by its link is another's business. */
export function orderKey(id: string, access: OrderAccess): readonly unknown[] {
  return access.kind === 'link' ? ['order', id, access.token] : ['me', 'order', id];
}

/** Sends a payment by the same way that the order was opened. */
export function payFor(
  id: string,
  access: OrderAccess,
  payment: PayOrderRequest,
  idempotencyKey: string,
): Promise<Order> {
  return access.kind === 'link'
    ? api.payOrder(id, access.token, payment, idempotencyKey)
    : api.payMyOrder(id, payment, idempotencyKey);
}

/** An order, followed until nothing more will happen to it: by push, and by asking where there is none. */
export function useOrder(id: string, access: OrderAccess) {
  const client = useQueryClient();
  const lastChange = useRef({ seen: '', at: Date.now() });
  const [isOver, setOver] = useState(false);
  const queryKey = orderKey(id, access);
  const liveness = useFollow([`order:${id}`], {
    orderToken: access.kind === 'link' ? access.token : undefined,
    enabled: !isOver,
    refresh: () => void client.invalidateQueries({ queryKey }),
  });
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      access.kind === 'link' ? api.getOrder(id, access.token, signal) : api.getMyOrder(id, signal),
    staleTime: 1_000,
    refetchInterval: (query) => {
      const order = query.state.data;
      if (!order) {
        const { error } = query.state;
        return isNotFound(error) || isForbidden(error) ? false : pollDelay('paid', 0);
      }
      const seen = `${order.status} ${order.timeline.length} ${order.shipments.length}`;
      if (seen !== lastChange.current.seen) lastChange.current = { seen, at: Date.now() };
      const delay = pollDelay(order.status, Date.now() - lastChange.current.at);
      return delay !== false && liveness === 'live' ? LIVE_POLL_MS : delay;
    },
  });
  const { data, error } = query;
  const ended = data ? isFinal(data.status) : isNotFound(error) || isForbidden(error);
  useEffect(() => setOver(ended), [ended]);
  return { query, liveness };
}

/** The present time, each second, while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
