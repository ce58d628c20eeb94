import { expect, type Locator, type Page } from '@playwright/test';

/** The sandbox's documented test cards. */
export const ACCEPTED_CARD = '4242 4242 4242 4242';
/** Pays, and takes no refund. */
export const KEEPING_CARD = '4000 0000 0000 5126';
export const DECLINED_CARD = '4000 0000 0000 0002';

/**
 * How long an order may take from paid to fulfilled. Suppliers are asked once a minute, and an order
 * may need a few rounds.
 */
export const FULFILMENT_TIMEOUT_MS = 300_000;

interface Listed {
  items: { slug: string; inStock: boolean }[];
}
interface Detailed {
  id: string;
  slug: string;
  options: unknown[];
  variants: { sku: string; available: number }[];
}

/** Asks the API from within the page: the browser finds `*.localhost` where Node may not. */
async function get<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.json();
  }, path) as Promise<T>;
}

/** How many products of each department are looked at when one is wanted. */
const SAMPLE = 6;

/** A product of which there is plenty, without options unless `withOptions`. */
export async function findProduct(page: Page, { withOptions = false } = {}): Promise<Detailed> {
  await page.goto('/');
  const categories = await get<{ items: { slug: string }[] }>(page, '/api/categories');
  for (const category of categories.items) {
    const listed = await get<Listed>(page, `/api/products?category=${category.slug}&limit=${SAMPLE}`);
    for (const { slug, inStock } of listed.items) {
      if (!inStock) continue;
      const product = await get<Detailed>(page, `/api/products/${slug}`);
      const plenty = product.variants.some(({ available }) => available >= 10);
      if (plenty && product.options.length > 0 === withOptions) return product;
    }
  }
  throw new Error(`No product ${withOptions ? 'with' : 'without'} options has ten pieces in stock.`);
}

/** Puts one piece into the cart by the product page, and says of which product. */
export async function fillCart(page: Page): Promise<string> {
  const product = await findProduct(page);
  await page.goto(`/products/${product.slug}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByTestId('announcer')).toContainText('Added to your cart');
  return product.slug;
}

/** An address that the API takes, and one part of it changed. */
export function details(changes: Partial<Record<string, string>> = {}): Record<string, string> {
  return {
    'Email address': 'ada@example.org',
    'Full name': 'Ada Farrier',
    'Address line 1': '12 Anvil Row',
    'Town or city': 'Dudley',
    Postcode: 'DY1 4PX',
    ...changes,
  } as Record<string, string>;
}

/** The checkout's control with this label, whether or not "(optional)" follows it. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(label, { exact: false }).and(page.locator('input, select'));
}

export async function fillDetails(page: Page, values = details()): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
}

/** From an empty cart to an order that waits for its payment. */
export async function placeOrder(page: Page): Promise<void> {
  await fillCart(page);
  await page.goto('/checkout');
  await fillDetails(page);
  await page.getByRole('button', { name: /Place order/ }).click();
  await expectStatus(page, 'pendingPayment');
}

/** From an empty cart to an order of whoever is signed in; says what product was bought. */
export async function placeMyOrder(page: Page): Promise<string> {
  const slug = await fillCart(page);
  await page.goto('/checkout');
  await expect(page.getByRole('button', { name: /Place order/ })).toBeVisible();
  const saved = page.getByRole('group', { name: 'From your address book' });
  if (!(await saved.isVisible())) {
    const { 'Email address': _, ...address } = details();
    await fillDetails(page, address);
  }
  await page.getByRole('button', { name: /Place order/ }).click();
  await expectStatus(page, 'pendingPayment');
  await expect(page).toHaveURL(/\/account\/orders\//);
  return slug;
}

export async function pay(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card);
  await page.getByRole('button', { name: /^Pay/ }).click();
}

/** Waits until the order's page shows one of the statuses. */
export async function expectStatus(
  page: Page,
  status: string | RegExp,
  options: { timeout?: number } = {},
): Promise<void> {
  await expect(page.getByTestId('order-status')).toHaveAttribute('data-status', status, options);
}

/** Far more stops than any of the shop's pages has. */
const MAX_TABS = 150;

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} cannot be reached with the Tab key.`);
}
