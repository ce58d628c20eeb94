import { isForbidden, isNotFound } from '@ironmonger/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from './api';
import { pollDelay } from './orders';

/** An order, followed until nothing more will happen to it. */
export function useOrder(id: string, token: string) {
  const lastChange = useRef({ seen: '', at: Date.now() });
  return useQuery({
    queryKey: ['order', id, token],
    queryFn: ({ signal }) => api.getOrder(id, token, signal),
    staleTime: 1_000,
    refetchInterval: (query) => {
      const order = query.state.data;
      if (!order) {
        const { error } = query.state;
        return isNotFound(error) || isForbidden(error) ? false : pollDelay('paid', 0);
      }
      const seen = `${order.status} ${order.timeline.length} ${order.shipments.length}`;
      if (seen !== lastChange.current.seen) lastChange.current = { seen, at: Date.now() };
      return pollDelay(order.status, Date.now() - lastChange.current.at);
    },
  });
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
