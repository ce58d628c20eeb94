import { expect, test } from '@playwright/test';
import { expectAccessible, expectGoodEverywhere, expectNoSidewaysScroll } from '../accessible.ts';
import { addStaff, expectHeading, openConsole, type Staff } from '../console.ts';
import { CONSOLE_STOPS } from '../console-stops.ts';
import { listenToRefusals } from '../csp.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

// Animations would be looked at half way, with colours that nobody is meant to read.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, open } of CONSOLE_STOPS) {
  test(`console, ${name}: accessible on a desk and on a phone, no wider than either, and within its policy`, async ({
    page,
  }) => {
    const refusals = await listenToRefusals(page);
    await openConsole(page, admin);
    await open(page);
    await refusals.expectNone();
    await expectGoodEverywhere(page);
  });
}

test('the console’s door is accessible', async ({ page }) => {
  await page.goto('/console/');
  await expectHeading(page, 'Sign in');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test('in the dark too', async ({ page }) => {
  await openConsole(page, admin);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  for (const path of [
    '',
    'products',
    'categories',
    'suppliers',
    'supplier-comparison',
    'routing',
    'paced-orders',
    'paced-orders/create',
    'partner-keys',
    'webhooks',
    'webhooks/create',
    'staff',
    'audit',
  ]) {
    await page.goto(`/console/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expectAccessible(page);
  }
});

test('the phone’s menu leads on and closes', async ({ page }) => {
  await openConsole(page, admin);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const nav = page.getByRole('navigation', { name: 'Console' });
  await expect(nav).toBeVisible();
  await expectAccessible(page);
  await nav.getByRole('link', { name: 'Categories' }).click();
  await expectHeading(page, 'Categories');
  await expect(nav).toBeHidden();
});

test('nothing comes from another host, and the browser finds nothing to complain about', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await openConsole(page, admin);
  for (const path of [
    'products',
    'stock',
    'categories',
    'suppliers',
    'routing',
    'tasks',
    'attention',
    'paced-orders',
    'paced-orders/create',
    'partner-keys',
    'webhooks',
    'staff',
  ]) {
    await page.goto(`/console/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  }
  expect(complaints).toEqual([]);
});
