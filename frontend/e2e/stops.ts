import { expect, type Page } from '@playwright/test';
import { addAddress, signUp } from './account.ts';
import { becomeBuyer } from './reviews.ts';
import {
  DECLINED_CARD,
  details,
  expectStatus,
  fillCart,
  fillDetails,
  findProduct,
  pay,
  placeMyOrder,
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
      await expect(page.getByTestId('total')).toBeVisible();
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
    name: 'search',
    open: async (page) => {
      await page.goto('/search?q=handle');
      await expect(page.getByRole('article').first()).toBeVisible();
    },
  },
  {
    name: 'search-nothing',
    open: async (page) => {
      await page.goto('/search?q=zzzzxqj');
      await expect(page.getByRole('heading', { name: 'We have looked in every drawer' })).toBeVisible();
    },
  },
  {
    name: 'search-suggestions',
    open: async (page) => {
      await page.goto('/');
      await page.getByRole('combobox', { name: 'Search the shop' }).fill('door');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'sign-in',
    open: async (page) => {
      await page.goto('/sign-in');
      await heading(page, 'Sign in');
    },
  },
  {
    name: 'sign-in-refused',
    open: async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'sign-up',
    open: async (page) => {
      await page.goto('/sign-up');
      await heading(page, 'Open an account');
    },
  },
  {
    name: 'reset-password',
    open: async (page) => {
      await page.goto('/reset-password');
      await page.getByLabel('Email address').fill('nobody@example.org');
      await page.getByRole('button', { name: 'Send me a code' }).click();
      await heading(page, 'Choose a new password');
    },
  },
  {
    name: 'account',
    open: async (page) => {
      await signUp(page);
      await expect(page.getByRole('button', { name: 'Set it up' })).toBeVisible();
    },
  },
  {
    name: 'account-two-steps',
    open: async (page) => {
      await signUp(page);
      await page.getByRole('button', { name: 'Set it up' }).click();
      await expect(page.getByRole('img', { name: 'QR code for your authenticator' })).toBeVisible();
    },
  },
  {
    name: 'account-menu',
    open: async (page) => {
      await signUp(page);
      await page.getByRole('button', { name: 'Account', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    },
  },
  {
    name: 'account-addresses',
    open: async (page) => {
      await signUp(page);
      await addAddress(page);
    },
  },
  {
    name: 'account-address-form',
    open: async (page) => {
      await signUp(page);
      await page.goto('/account/addresses');
      await page.getByRole('button', { name: 'Add an address' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'account-orders',
    open: async (page) => {
      await signUp(page);
      await placeMyOrder(page);
      await page.goto('/account/orders');
      await expect(page.getByRole('link', { name: /^Order / })).toBeVisible();
    },
  },
  {
    name: 'account-order',
    open: async (page) => {
      await signUp(page);
      await placeMyOrder(page);
    },
  },
  {
    name: 'account-reviews',
    open: async (page) => {
      await signUp(page);
      await page.goto('/account/reviews');
      await heading(page, 'Your reviews');
      await expect(page.getByRole('heading', { name: 'None yet' })).toBeVisible();
    },
  },
  {
    name: 'checkout-signed-in',
    open: async (page) => {
      await signUp(page);
      await addAddress(page);
      await fillCart(page);
      await page.goto('/checkout');
      await expect(page.getByRole('radio', { name: /Ada Farrier/ })).toBeChecked();
    },
  },
  {
    name: 'review-form',
    open: async (page) => {
      await becomeBuyer(page);
      await page.getByRole('button', { name: 'Write a review' }).click();
      await page.getByRole('button', { name: 'Publish the review' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
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
