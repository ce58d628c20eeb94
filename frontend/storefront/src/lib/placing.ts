import type { Order, PlaceMyOrderRequest, PlaceOrderRequest } from '@ironmonger/api';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useAnnounce } from '../components/Announcer';
import { addressesQuery } from './addresses';
import { api } from './api';
import { attempt } from './attempts';
import { cartQuery, forgetCart } from './cart';
import { fragmentWith, rememberOrder } from './orders';
import { BY_ACCOUNT, orderKey } from './useOrder';

/** An order about to be placed, by a guest or by whoever is signed in. */
export type Placing =
  | { by: 'guest'; order: PlaceOrderRequest }
  | { by: 'account'; order: PlaceMyOrderRequest; keepAddress: boolean };

interface Placed {
  order: Order;
  /** What opens a guest's order. */
  accessToken?: string;
}

/** Keeps an address for the next time; that it could not be kept is no reason to hold up the order. */
async function keepAddress(client: QueryClient, order: PlaceMyOrderRequest): Promise<void> {
  try {
    await api.createAddress(order.shippingAddress);
  } finally {
    await client.invalidateQueries({ queryKey: addressesQuery.queryKey });
  }
}

/** Places orders and leads on to the payment. */
export function usePlaceOrder({ onError }: { onError: (error: unknown) => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: (placing: Placing): Promise<Placed> =>
      placing.by === 'guest'
        ? attempt('order', placing.order, (key) => api.placeOrder(placing.order, key))
        : attempt('my-order', placing.order, (key) => api.placeMyOrder(placing.order, key)),
    onSuccess: async ({ order, accessToken }, placing) => {
      if (accessToken !== undefined && placing.by === 'guest') {
        rememberOrder(order.id, { token: accessToken, number: order.number, placedAt: order.createdAt });
        client.setQueryData(orderKey(order.id, { kind: 'link', token: accessToken }), order);
        await navigate({
          to: '/orders/$orderId',
          params: { orderId: order.id },
          hash: fragmentWith(accessToken),
          hashScrollIntoView: false,
        });
      } else {
        client.setQueryData(orderKey(order.id, BY_ACCOUNT), order);
        void client.invalidateQueries({ queryKey: ['me', 'orders'] });
        await navigate({ to: '/account/orders/$orderId', params: { orderId: order.id } });
      }
      forgetCart();
      client.setQueryData(cartQuery.queryKey, null);
      announce(`Order ${order.number} is placed. Now for the payment.`);
      if (placing.by === 'account' && placing.keepAddress) {
        keepAddress(client, placing.order).catch(() => announce('The address could not be kept.'));
      }
    },
    onError,
  });
}
