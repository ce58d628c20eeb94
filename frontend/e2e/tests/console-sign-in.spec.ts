import { expect, test } from '@playwright/test';
import { signUp } from '../account.ts';
import { addStaff, api, expectHeading, fillSignIn, inviteStaff, openConsole } from '../console.ts';

test('who was invited chooses a password, and signs in with it from then on', async ({ page }) => {
  const invited = await inviteStaff('admin');
  await page.goto('/console/products');
  await expectHeading(page, 'Sign in');
  await fillSignIn(page, invited);
  await expectHeading(page, 'Choose a password');
  const chosen = { ...invited, password: 'words that I have chosen' };
  await page.getByLabel('New password').and(page.locator('input')).fill(chosen.password);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  // Where one was going when asked to sign in.
  await expectHeading(page, 'Products');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expectHeading(page, 'Sign in');
  await fillSignIn(page, invited);
  await expect(page.getByRole('alert')).toContainText('do not go together');
  await fillSignIn(page, chosen);
  await expect(page.getByRole('navigation', { name: 'Console' })).toBeVisible();
});

test('a guest is sent to sign in once, not over and over', async ({ page }) => {
  await page.goto('/console/products');
  await expectHeading(page, 'Sign in');
  // The page asked for and the one to sign in on, behind the browser's empty first.
  expect(await page.evaluate(() => window.history.length)).toBe(3);
});

test('operators see nothing of what is for admins, and the API refuses it all the same', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const nav = page.getByRole('navigation', { name: 'Console' });
  await expect(nav.getByRole('link', { name: 'Products' })).toBeVisible();
  for (const name of ['Staff', 'Partner keys', 'Audit trail']) {
    await expect(nav.getByRole('link', { name })).toHaveCount(0);
  }
  for (const path of ['staff', 'partner-keys', 'audit']) {
    await page.goto(`/console/${path}`);
    await expectHeading(page, 'Not for your group');
    expect((await api(page, 'GET', `/${path}`)).status).toBe(403);
  }
  expect((await api(page, 'GET', '/products')).status).toBe(200);
});

test('admins see all of it', async ({ page }) => {
  await openConsole(page, await addStaff('admin'));
  const nav = page.getByRole('navigation', { name: 'Console' });
  for (const [name, heading] of [
    ['Staff', 'Staff'],
    ['Partner keys', 'Partner keys'],
    ['Audit trail', 'Audit trail'],
  ] as const) {
    await nav.getByRole('link', { name }).click();
    await expectHeading(page, heading);
  }
});

test('a customer’s account does not open the console', async ({ page }) => {
  const email = await signUp(page);
  await page.goto('/console/');
  await expectHeading(page, 'Sign in');
  await fillSignIn(page, { email, password: 'plain words make a good one' });
  await expect(page.getByRole('alert')).toContainText('not of the staff');
  await expectHeading(page, 'Sign in');
});
