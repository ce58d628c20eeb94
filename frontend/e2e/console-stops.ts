import { expect, type Page } from '@playwright/test';
import { expectHeading, makeProduct } from './console.ts';
import { makePaced } from './paced.ts';
import { makeOffer, makeSupplier } from './suppliers.ts';
import { makeWebhook } from './webhooks.ts';

/** A page of the console in a state worth looking at. */
export interface ConsoleStop {
  name: string;
  open: (page: Page) => Promise<void>;
}

const at = (name: string, path: string, heading: string | RegExp): ConsoleStop => ({
  name,
  open: async (page) => {
    await page.goto(`/console${path}`);
    await expectHeading(page, heading);
    // What is on its way is no state to look at.
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  },
});

async function openProduct(page: Page, tab: string): Promise<void> {
  const { id, title } = await makeProduct(page);
  await page.goto(`/console/products/${id}${tab}`);
  await expectHeading(page, title);
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}

const product = (name: string, tab: string): ConsoleStop => ({
  name: `product-${name}`,
  open: (page) => openProduct(page, tab),
});

const supplier = (name: string, end: string): ConsoleStop => ({
  name: `supplier-${name}`,
  open: async (page) => {
    const { id, name: title } = await makeSupplier(page);
    const { sku } = await makeProduct(page);
    await makeOffer(page, id, sku);
    await at(name, `/suppliers/${id}${end}`, title).open(page);
  },
});

const dialog = (name: string, path: string, heading: string, button: string): ConsoleStop => ({
  name,
  open: async (page) => {
    await at(name, path, heading).open(page);
    // A list with nothing in it offers the button once more.
    await page.getByRole('button', { name: button, exact: true }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
});

/** Every page of the console, and the states of them that look different. */
export const CONSOLE_STOPS: readonly ConsoleStop[] = [
  at('today', '/', 'Today'),
  at('products', '/products', 'Products'),
  at('product-new', '/products/create', 'New product'),
  product('details', ''),
  product('variants', '?tab=variants'),
  product('images', '?tab=images'),
  product('stock', '?tab=stock'),
  product('history', '?tab=history'),
  at('stock', '/stock', 'Stock'),
  {
    name: 'sku',
    open: async (page) => {
      const { sku } = await makeProduct(page);
      await at('sku', `/stock/${sku}/show`, sku).open(page);
    },
  },
  at('categories', '/categories', 'Categories'),
  dialog('category-new', '/categories', 'Categories', 'Add a category'),
  at('brands', '/brands', 'Brands'),
  at('imports', '/product-imports', 'Import and export'),
  at('import-new', '/product-imports/create', 'Import products'),
  at('synonyms', '/synonyms', 'Search synonyms'),
  at('reviews', '/reviews', 'Reviews'),
  at('schedules', '/schedules', 'Schedules'),
  dialog('schedule-change', '/schedules', 'Schedules', 'Change: Remove old pictures'),
  at('runs', '/runs', 'Runs'),
  at('queues', '/queues', 'Queues'),
  at('dead-letters', '/queues/deletion-dead-letters', 'Deletion dead letters'),
  at('attention', '/attention', 'Needs attention'),
  at('tasks', '/tasks', 'Tasks'),
  at('paced-orders', '/paced-orders', 'Paced orders'),
  {
    name: 'paced-order-new',
    open: async (page) => {
      const { sku } = await makeProduct(page, { status: 'active' });
      await at('paced-order-new', '/paced-orders/create', 'New paced order').open(page);
      await page.getByLabel('SKU').fill(sku);
      await page.getByLabel('Pieces in all').fill('100');
      await page.getByRole('radio', { name: 'By hour of day' }).check();
      await page.getByRole('button', { name: 'All alike' }).click();
      await expect(page.getByRole('table', { name: 'Instalments' })).toBeVisible();
    },
  },
  {
    name: 'paced-order',
    open: async (page) => {
      const { sku } = await makeProduct(page, { status: 'active' });
      const { id, name } = await makePaced(page, sku);
      await at('paced-order', `/paced-orders/${id}/show`, name).open(page);
    },
  },
  at('suppliers', '/suppliers', 'Suppliers'),
  at('supplier-new', '/suppliers/create', 'Add a supplier'),
  supplier('settings', ''),
  supplier('connection', '?tab=connection'),
  supplier('webhooks', '?tab=webhooks'),
  supplier('offers', '/offers'),
  supplier('health', '/health'),
  at('supplier-comparison', '/supplier-comparison', 'Compare suppliers'),
  at('routing', '/routing', 'Routing'),
  at('customers', '/customers', 'Customers'),
  at('staff', '/staff', 'Staff'),
  dialog('staff-invite', '/staff', 'Staff', 'Invite somebody'),
  at('partner-keys', '/partner-keys', 'Partner keys'),
  dialog('partner-key-new', '/partner-keys', 'Partner keys', 'Make a key'),
  at('webhooks', '/webhooks', 'Webhooks'),
  {
    name: 'webhook-new',
    open: async (page) => {
      await at('webhook-new', '/webhooks/create', 'Add a webhook').open(page);
      await expect(page.getByRole('checkbox', { name: 'OrderPaid', exact: true })).toBeVisible();
    },
  },
  {
    name: 'webhook',
    open: async (page) => {
      const { id, description } = await makeWebhook(page);
      await at('webhook', `/webhooks/${id}/show`, description).open(page);
      await page.getByRole('button', { name: 'Send a test' }).click();
      await expect(page.getByText(/^Delivered, HTTP 204/)).toBeVisible();
    },
  },
  at('audit', '/audit', 'Audit trail'),
  at('security', '/security', 'Password and security'),
  at('nowhere', '/nowhere', 'Nothing hangs here'),
];
