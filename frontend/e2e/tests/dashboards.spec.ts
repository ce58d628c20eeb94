import { expect, test } from '@playwright/test';
import { expectGoodEverywhere } from '../accessible.ts';
import { listenToRefusals } from '../csp.ts';
import { DASHBOARDS, openDashboard } from '../dashboards.ts';
import { placeOrder } from '../shop.ts';

for (const name of DASHBOARDS) {
  test(`the dashboard ${name} is drawn in the browser`, async ({ page }) => {
    const refusals = await listenToRefusals(page);
    await openDashboard(page, name);
    await expect(page).toHaveTitle(new RegExp(name));
    await expect(page.getByRole('heading', { name: 'What pages, and why' })).toBeVisible();
    await expect(page.locator('.faults')).toHaveCount(0);
    await expect(page.locator('[data-state="MISSING"]')).toHaveCount(0);
    await refusals.expectNone();
    await expectGoodEverywhere(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectGoodEverywhere(page);
  });
}

test('an order that is placed is on the dashboard without a reload', async ({ page, context }) => {
  await openDashboard(page, 'Business');
  const orders = page
    .locator('.widget')
    .filter({ has: page.getByRole('heading', { name: 'Orders', exact: true }) });
  const placed = async () => {
    const text = (await orders.locator('.number strong').first().textContent()) ?? '';
    return text === '–' ? 0 : Number(text.replaceAll(',', ''));
  };
  const before = await placed();

  await placeOrder(await context.newPage());
  await page.bringToFront();
  await expect.poll(placed, { timeout: 40_000 }).toBeGreaterThan(before);
  await expect(page.getByRole('img', { name: 'Orders, and what became of them' })).toBeVisible();
});
