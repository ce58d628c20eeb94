import type { Schemas, Told, With } from '../api/told';

/** A JSON object whose members the console does not know. */
export type Json = { [name: string]: unknown };

export type AdapterKind = 'http-json' | 'panel' | 'taskboard' | 'manual';

export type Operation = 'place' | 'find' | 'statuses' | 'cancel';

/** A setting of an adapter. */
export type AdapterField = Told<Schemas['AdapterField']>;

/** A way to speak to suppliers. */
export type Adapter = With<
  Told<Schemas['Adapter']>,
  { id: AdapterKind; example: Json; operations: Operation[] }
>;

/** A configuration for a supplier that many use. */
export type Preset = With<Told<Schemas['AdapterPreset']>, { adapter: AdapterKind; configuration: Json }>;

export interface Adapters {
  items: Adapter[];
  presets: Preset[];
}

/** Answers of a supplier to try a configuration on. */
export type Samples = Partial<Record<Operation, unknown>>;

export type Header = Told<Schemas['ShownHeader']>;

/** What is wrong with a configuration or a sample, and where: with dots, `place.request.body`. */
export type Fault = Told<Schemas['AdapterFault']>;

/** What a configuration would send, and what it reads in the sample answers. */
export interface Preview {
  requests: Partial<Record<Operation, Told<Schemas['AdapterRequest']>>>;
  readings: Partial<Record<Operation, unknown>>;
  faults: Fault[];
}

export type SupplierStatus = Schemas['SupplierStatus'];

/** Whether the desk calls a supplier, by how its last calls went. */
export type Circuit = Told<Schemas['SupplierCircuit']>;

/** How a supplier did over some time. */
export type Health = Told<Schemas['SupplierHealth']>;

/** An hour of a supplier's week. */
export type HealthPoint = Told<Schemas['HealthPoint']>;

export type HealthLogEntry = Told<Schemas['HealthLogEntry']>;

export type SupplierHealth = Told<Schemas['SupplierRecordOfHealth']>;

export const PERIODS = ['hour', 'day', 'week'] as const satisfies readonly Schemas['HealthPeriod'][];

export type Period = Schemas['HealthPeriod'];

export type ComparedSupplier = Told<Schemas['ComparedSupplier']>;

export type Comparison = Told<Schemas['SupplierComparison']>;

export type SupplierItem = With<Told<Schemas['SupplierItem']>, { adapter: AdapterKind }>;

/** Where the counting of a supplier's open tasks ends. */
export const MAX_COUNTED_TASKS = 1000;

type Hmac = Told<Extract<Schemas['WebhookScheme'], { kind: 'hmac' }>>;

/** How a supplier signs what it tells us. */
export type WebhookScheme =
  | { kind: 'standardWebhooks' }
  // The document has this one member by its name in Rust.
  | (Pick<Hmac, 'kind' | 'header' | 'algorithm' | 'encoding' | 'prefix'> & {
      timestampHeader: string | null;
    });

/** What creating and replacing a supplier takes. */
export type SupplierInput = With<
  Told<Schemas['SupplierInput']>,
  { adapter: AdapterKind; configuration: Json; webhook: WebhookScheme | null }
>;

export type SecretName = keyof Schemas['SupplierSecrets'];

export type Supplier = With<
  Told<Schemas['Supplier']>,
  { adapter: AdapterKind; configuration: Json; webhook: WebhookScheme | null }
>;

/** A request that was sent and its answer, secrets masked. */
export type Exchange = Told<Schemas['SupplierExchange']>;

export type ConnectionTest = Told<Schemas['ConnectionTest']>;

export type OfferInput = Told<Schemas['OfferInput']>;

export type Offer = Told<Schemas['Offer']>;

export type OfferImport = Told<Schemas['OfferImport']>;

export type Strategy = Schemas['Strategy'];

export const STRATEGIES = [
  'cheapest',
  'fastest',
  'priority',
  'weighted',
] as const satisfies readonly Strategy[];

export type ProductRule = Told<Schemas['ProductStrategy']>;

export type Routing = Told<Schemas['Routing']>;

export type Refusal = Schemas['Refusal'];

/** A supplier that was thought of for a SKU, and what became of the thought. */
export type Considered = Told<Schemas['ConsideredSupplier']>;

/** Why a SKU goes to a supplier. */
export type Why = Told<Schemas['RoutingWhy']>;

export interface OrderPart {
  sku: string;
  quantity: number;
}

/** Pieces that a person gives to a supplier. */
export type LineFor = OrderPart & { supplierId: string };

/** What an operator tells of a parcel; without items, all of them are in it. */
export interface Parcel {
  carrier?: string;
  trackingNumber?: string;
  items?: OrderPart[];
}

/** An order to plan, without placing it. */
export interface SimulationInput {
  lines: OrderPart[];
  /** Instead of those that are set. */
  strategy?: Strategy;
  /** How long ago it was paid. */
  ageSeconds?: number;
}

export type Assignment = Told<Schemas['SimulatedTask']>;

export type Unroutable = Told<Schemas['SimulatedRest']>;

/** Where an order would go. */
export type Simulation = Told<Schemas['RoutingSimulation']>;

export type TaskStatus =
  | 'planned'
  | 'submitting'
  | 'submitted'
  | 'inProgress'
  | 'overdue'
  | 'completed'
  | 'rejected'
  | 'cancelled'
  | 'failed';

export type TaskItem = Told<Schemas['TaskItem']>;

export type TaskRow = With<Told<Schemas['Task']>, { status: TaskStatus }>;

/** Something that happened to a task. */
export type Attempt = Told<Schemas['TaskAttempt']>;

export type TaskDetail = With<Told<Schemas['TaskDetail']>, { status: TaskStatus }>;

export type AttentionRow = Told<Schemas['AttentionRow']>;

/** Somebody who could send a line. */
export type LineCandidate = Told<Schemas['LineCandidate']>;

export type UnassignedLine = Told<Schemas['UnassignedLine']>;

export type DeskOrderLine = Told<Schemas['DeskOrderLine']>;

export type DeskShipment = Told<Schemas['DeskShipment']>;

type Refund = With<Told<Schemas['OrderRefund']>, { status: 'processing' | 'refunded' | 'declined' }>;

export type OrderCancellation = With<Told<Schemas['OrderCancellation']>, { refund: Refund | null }>;

export type OrderAction = Schemas['OrderAction'];

/** Whose order it is, where a partner sent it, and what that partner calls it. */
export interface OrderPartner {
  id: string;
  /** Null where none of its keys is known any more. */
  name: string | null;
  reference: string;
}

export type DeskOrder = With<
  Told<Schemas['DeskOrder']>,
  { partner: OrderPartner | null; tasks: TaskDetail[]; cancellation: OrderCancellation | null }
>;
