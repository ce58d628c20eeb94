import type { Category, ConsoleProduct } from '../api/types';
import type { SupplierInput } from '../fulfilment/types';
import type { WebhookInput } from '../webhooks/types';
import { toProductInput } from './products';

type Filter = Record<string, unknown>;
type Query = Record<string, string | number | undefined>;

/** How one of react-admin's resources lies in the API. */
export interface Resource {
  path: string;
  /** The list's query for a filter; without it, the filter as it is. */
  query?: (filter: Filter) => Query;
  /** Whether the list takes a `limit`. */
  limited?: boolean;
  /** The field that names a record, where it is not `id`. */
  key?: string;
  /** What the API takes, of a record's values; without it, the values as they are. */
  create?: (values: never) => unknown;
  change?: (values: never) => unknown;
}

const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : undefined);

const category = ({ title, parent, description }: Category) => ({
  title: title.trim(),
  parent: parent ?? null,
  description: text(description) ?? null,
});

const slugged = ({ title, slug }: { title: string; slug?: string }) => ({
  title: title.trim(),
  ...(text(slug) && { slug: text(slug) }),
});

/** The resources by react-admin's names, which are also their addresses in the console. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  products: {
    path: '/api/console/products',
    limited: true,
    create: (values: ConsoleProduct) => toProductInput(values),
    change: (values: ConsoleProduct) => toProductInput(values),
  },
  categories: {
    path: '/api/console/categories',
    key: 'slug',
    create: (values: Category) => ({ ...category(values), ...slugged(values) }),
    change: (values: Category) => ({ ...category(values), position: values.position }),
  },
  brands: {
    path: '/api/console/brands',
    key: 'slug',
    create: slugged,
    change: ({ title }: { title: string }) => ({ title: title.trim() }),
  },
  stock: {
    path: '/api/console/stock',
    key: 'sku',
    query: ({ low, sku }) => (text(sku) ? { sku: text(sku) } : { low: text(low) }),
  },
  reviews: {
    path: '/api/console/reviews',
    change: ({ status, note }: { status: string; note?: string }) => ({
      status,
      ...(text(note) && { note: text(note) }),
    }),
  },
  customers: { path: '/api/console/customers' },
  staff: {
    path: '/api/console/staff',
    create: ({ email, group }: { email: string; group: string }) => ({ email: email.trim(), group }),
    change: ({ group }: { group: string }) => ({ group }),
  },
  'partner-keys': { path: '/api/console/partner-keys' },
  webhooks: {
    path: '/api/console/webhooks',
    change: ({ url, description, types }: WebhookInput) => ({ url, description, types }),
  },
  audit: {
    path: '/api/console/audit',
    query: ({ subject, actor }) => ({
      // Half typed, it is no subject yet.
      ...(/^[^:]+:.+$/.test(text(subject) ?? '') && { subject: text(subject) }),
      actor: text(actor),
    }),
  },
  'product-imports': { path: '/api/console/product-imports' },
  suppliers: {
    path: '/api/console/fulfilment/suppliers',
    change: ({ name, adapter, configuration, priority, weight, budget, limits, webhook }: SupplierInput) => ({
      name,
      adapter,
      configuration,
      priority,
      weight,
      budget,
      limits,
      webhook,
    }),
  },
  // Listed by supplier, of which each has one offer for a SKU.
  offers: { path: '/api/console/fulfilment/offers', key: 'sku', limited: true },
  tasks: { path: '/api/console/fulfilment/tasks' },
  attention: { path: '/api/console/fulfilment/attention' },
  'paced-orders': { path: '/api/console/fulfilment/paced-orders', limited: true },
  runs: {
    path: '/api/console/operations/runs',
    limited: true,
    query: ({ worker, failed, day, about }) => ({
      worker: text(worker),
      failed: text(failed),
      day: text(day),
      about: text(about),
    }),
  },
};
