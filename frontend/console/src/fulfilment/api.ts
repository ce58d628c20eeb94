import type { Call, Http } from '../api/http';
import type { CsvPage } from '../data/desk';
import type {
  AdapterKind,
  Adapters,
  Comparison,
  ConnectionTest,
  DeskOrder,
  Json,
  LineFor,
  Offer,
  OfferImport,
  OfferInput,
  Parcel,
  Period,
  Preview,
  Routing,
  Samples,
  SecretName,
  Simulation,
  SimulationInput,
  Supplier,
  SupplierHealth,
  SupplierInput,
  SupplierStatus,
  TaskDetail,
} from './types';

const ROOT = '/api/console/fulfilment';

const part = encodeURIComponent;

/** The parts of the fulfilment desk's API that are more than reading and writing of records. */
export function fulfilmentDesk(http: Http) {
  const supplier = (id: string) => `${ROOT}/suppliers/${part(id)}`;
  const task = (id: string) => `${ROOT}/tasks/${part(id)}`;
  const order = (id: string) => `${ROOT}/orders/${part(id)}`;
  const get = async <T>(path: string, signal?: AbortSignal, query: Call['query'] = {}): Promise<T> =>
    (await http<T>('GET', path, { query, signal })).data;
  /** Does something that a lost answer must not make happen twice. */
  const post = async <T>(path: string, body: object, idempotencyKey: string): Promise<T> =>
    (await http<T>('POST', path, { body, idempotencyKey })).data;

  return {
    listAdapters: (signal?: AbortSignal) => get<Adapters>(`${ROOT}/adapters`, signal),
    previewAdapter: async (
      adapter: AdapterKind,
      configuration: Json,
      samples: Samples,
      signal?: AbortSignal,
    ): Promise<Preview> => {
      const body = { adapter, configuration, samples };
      return (await http<Preview>('POST', `${ROOT}/adapters/preview`, { body, signal })).data;
    },

    createSupplier: (input: SupplierInput, idempotencyKey: string) =>
      post<Supplier>(`${ROOT}/suppliers`, input, idempotencyKey),
    setSupplierStatus: async (id: string, status: SupplierStatus): Promise<Supplier> =>
      (await http<Supplier>('PUT', `${supplier(id)}/status`, { body: { status } })).data,
    putSupplierSecret: async (id: string, name: SecretName, value: string): Promise<string> => {
      const path = `${supplier(id)}/secrets/${name}`;
      return (await http<{ updatedAt: string }>('PUT', path, { body: { value } })).data.updatedAt;
    },
    deleteSupplierSecret: async (id: string, name: SecretName): Promise<void> => {
      await http('DELETE', `${supplier(id)}/secrets/${name}`);
    },
    testSupplier: async (id: string): Promise<ConnectionTest> =>
      (await http<ConnectionTest>('POST', `${supplier(id)}/test`)).data,
    getSupplierHealth: (id: string, signal?: AbortSignal) =>
      get<SupplierHealth>(`${supplier(id)}/health`, signal),
    compareSuppliers: (period: Period, signal?: AbortSignal) =>
      get<Comparison>(`${ROOT}/supplier-comparison`, signal, { period }),

    /** Puts an offer over the version that was looked at; one that is new has version 0. */
    putOffer: async (supplierId: string, sku: string, offer: OfferInput, version: number): Promise<Offer> => {
      const path = `${supplier(supplierId)}/offers/${part(sku)}`;
      return (await http<Offer>('PUT', path, { body: offer, version })).data;
    },
    deleteOffer: async (supplierId: string, sku: string): Promise<void> => {
      await http('DELETE', `${supplier(supplierId)}/offers/${part(sku)}`);
    },
    importOffers: async (supplierId: string, csv: string, dryRun: boolean): Promise<OfferImport> => {
      const path = `${supplier(supplierId)}/offer-imports`;
      const file = { type: 'text/csv', text: csv };
      return (await http<OfferImport>('POST', path, { query: { dryRun }, file })).data;
    },
    exportOffers: async (supplierId: string, cursor?: string, signal?: AbortSignal): Promise<CsvPage> => {
      const path = `${supplier(supplierId)}/offers.csv`;
      const { data, headers } = await http<string>('GET', path, { query: { cursor }, signal });
      return { csv: data, nextCursor: headers.get('x-next-cursor') };
    },

    getRouting: (signal?: AbortSignal) => get<Routing>(`${ROOT}/routing`, signal),
    putRouting: async ({ version, ...routing }: Routing): Promise<Routing> => {
      const body = {
        default: routing.default,
        products: routing.products.map(({ productId, strategy }) => ({ productId, strategy })),
      };
      return (await http<Routing>('PUT', `${ROOT}/routing`, { body, version })).data;
    },
    simulateRouting: async (order: SimulationInput): Promise<Simulation> =>
      (await http<Simulation>('POST', `${ROOT}/routing/simulations`, { body: order })).data,

    completeTask: (id: string, parcel: Parcel, idempotencyKey: string) =>
      post<TaskDetail>(`${task(id)}/completion`, parcel, idempotencyKey),
    refuseTask: (id: string, reason: string, idempotencyKey: string) =>
      post<TaskDetail>(`${task(id)}/refusal`, { reason }, idempotencyKey),

    getDeskOrder: (id: string, signal?: AbortSignal) => get<DeskOrder>(order(id), signal),
    retryOrder: async (id: string, idempotencyKey: string): Promise<DeskOrder> =>
      (await http<DeskOrder>('POST', `${order(id)}/retry`, { idempotencyKey })).data,
    assignOrder: (id: string, lines: readonly LineFor[], idempotencyKey: string) =>
      post<DeskOrder>(`${order(id)}/assignments`, { lines }, idempotencyKey),
    fulfilByHand: (id: string, parcel: Parcel, idempotencyKey: string) =>
      post<DeskOrder>(`${order(id)}/shipments`, parcel, idempotencyKey),
    cancelOrder: (id: string, reason: string, idempotencyKey: string) =>
      post<DeskOrder>(`${order(id)}/cancellation`, { reason }, idempotencyKey),
    settleRefund: (id: string, note: string, idempotencyKey: string) =>
      post<DeskOrder>(`${order(id)}/refund-settlement`, { note }, idempotencyKey),
  };
}
