import { expect, test } from '@playwright/test';
import { addAddress, fillSignIn, newEmail, signIn, signOut, signUp } from '../account.ts';
import {
  ACCEPTED_CARD,
  details,
  expectStatus,
  fillCart,
  fillDetails,
  pay,
  placeMyOrder,
  placeOrder,
} from '../shop.ts';

test('a guest’s cart comes along at sign-in and is added to the account’s; signing out leaves it there', async ({
  page,
}) => {
  const email = await signUp(page);
  await fillCart(page);
  await signOut(page);
  await page.goto('/cart');
  await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();

  await fillCart(page);
  await signIn(page, email);
  await page.goto('/cart');
  await expect(page.getByText('Subtotal, 2 items')).toBeVisible();
});

test('an account’s cart is on every device', async ({ page, browser }) => {
  const email = await signUp(page);
  await fillCart(page);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, email);
  await other.goto('/cart');
  await expect(other.getByText('Subtotal, 1 item', { exact: true })).toBeVisible();
  await elsewhere.close();
});

test('an order placed as a guest comes into the account of its address, and its link leads there', async ({
  page,
}) => {
  const email = newEmail();
  await fillCart(page);
  await page.goto('/checkout');
  await fillDetails(page, details({ 'Email address': email }));
  await page.getByRole('button', { name: /Place order/ }).click();
  await expectStatus(page, 'pendingPayment');
  const link = page.url();

  await signUp(page, email);
  await expect(page.getByText('An earlier order of yours is now in your account.').first()).toBeVisible();
  await page.goto(link);
  await expectStatus(page, 'pendingPayment');
  await expect(page).toHaveURL(/\/account\/orders\//);
  await pay(page, ACCEPTED_CARD);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
});

test('somebody else’s orders do not come along', async ({ page }) => {
  await placeOrder(page);
  await signUp(page);
  await page.goto('/account/orders');
  await expect(page.getByRole('heading', { name: 'None yet' })).toBeVisible();
});

test('an order of another account is not shown', async ({ page, browser }) => {
  await signUp(page);
  await placeMyOrder(page);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signUp(other);
  await other.goto(page.url());
  await expect(
    other.getByRole('heading', { level: 1, name: 'This order is not in your account' }),
  ).toBeVisible();
  await elsewhere.close();
});

test('signing in on the way to the checkout leads back to it, with the address book', async ({ page }) => {
  const email = await signUp(page);
  await addAddress(page);
  await signOut(page);
  await fillCart(page);
  await page.goto('/checkout');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, email);
  await expect(page.getByRole('radio', { name: /Ada Farrier/ })).toBeChecked();
  await expect(page.getByLabel('Email address')).toHaveCount(0);
  await page.getByRole('button', { name: /Place order/ }).click();
  await expectStatus(page, 'pendingPayment');
  await expect(page.getByRole('main')).toContainText(email);
  await pay(page, ACCEPTED_CARD);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
  await page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name: 'Orders' }).click();
  await expect(page.getByRole('link', { name: /^Order / })).toHaveCount(1);
});

test('an address typed at the checkout is kept for the next time', async ({ page }) => {
  await signUp(page);
  await placeMyOrder(page);
  await page.goto('/account/addresses');
  await expect(page.getByRole('article').filter({ hasText: '12 Anvil Row' })).toBeVisible();
});
