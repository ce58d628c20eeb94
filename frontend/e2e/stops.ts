import { expect, type Page } from '@playwright/test';
import {
  DECLINED_CARD,
  details,
  expectStatus,
  fillCart,
  fillDetails,
  findProduct,
  pay,
  placeOrder,
} from './shop.ts';

/** A page of the shop in a state worth looking at. */
export interface Stop {
  name: string;
  open: (page: Page) => Promise<void>;
}

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

async function openProduct(page: Page, withOptions: boolean): Promise<void> {
  const { slug } = await findProduct(page, { withOptions });
  await page.goto(`/products/${slug}`);
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
}

/** Every page of the shop, and the states of them that look different. */
export const STOPS: readonly Stop[] = [
  {
    name: 'landing',
    open: async (page) => {
      await page.goto('/');
      await expect(page.getByRole('article').first()).toBeVisible();
    },
  },
  {
    name: 'everything',
    open: async (page) => {
      await page.goto('/products');
      await expect(page.getByRole('article').first()).toBeVisible();
    },
  },
  {
    name: 'category',
    open: async (page) => {
      await page.goto('/');
      await page.getByRole('region', { name: 'The wall of drawers' }).getByRole('link').first().click();
      await expect(page.getByText(/^Showing \d+/)).toBeVisible();
    },
  },
  { name: 'product', open: (page) => openProduct(page, false) },
  { name: 'product-options', open: (page) => openProduct(page, true) },
  {
    name: 'cart-empty',
    open: async (page) => {
      await page.goto('/cart');
      await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();
    },
  },
  {
    name: 'cart',
    open: async (page) => {
      await fillCart(page);
      await page.goto('/cart');
      await expect(page.getByRole('link', { name: 'Check out' })).toBeVisible();
    },
  },
  {
    name: 'checkout',
    open: async (page) => {
      await fillCart(page);
      await page.goto('/checkout');
      await expect(page.getByLabel('Email address')).toBeVisible();
    },
  },
  {
    name: 'checkout-errors',
    open: async (page) => {
      await fillCart(page);
      await page.goto('/checkout');
      await fillDetails(page, details({ 'Email address': 'ada@', Postcode: 'x'.repeat(40) }));
      await page.getByRole('button', { name: /Place order/ }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'order-payment', open: placeOrder },
  {
    name: 'order-declined',
    open: async (page) => {
      await placeOrder(page);
      await pay(page, DECLINED_CARD);
      await expect(page.getByRole('alert')).toContainText('declined');
    },
  },
  {
    name: 'orders',
    open: async (page) => {
      await placeOrder(page);
      await page.goto('/orders');
      await expect(page.getByRole('link', { name: /^Order / })).toBeVisible();
    },
  },
  {
    name: 'order-without-link',
    open: async (page) => {
      await page.goto('/orders/ord_nobody');
      await heading(page, /private link/);
    },
  },
  {
    name: 'not-found',
    open: async (page) => {
      await page.goto('/products/no-such-thing');
      await heading(page, 'Nothing hangs here');
    },
  },
];

/** Waits for the order that has just been placed to be paid with the given card. */
export async function payFor(page: Page, card: string): Promise<void> {
  await pay(page, card);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
}
