import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectGoodEverywhere } from '../accessible.ts';
import { listenToRefusals } from '../csp.ts';
import { ACCEPTED_CARD, placeOrder } from '../shop.ts';
import { payFor, STOPS } from '../stops.ts';

const PAID = {
  name: 'order-paid',
  open: async (page: Page) => {
    await placeOrder(page);
    await payFor(page, ACCEPTED_CARD);
  },
};

// Animations would be looked at half way, with colours that nobody is meant to read.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, open } of [...STOPS, PAID]) {
  test(`${name}: accessible on a desk and on a phone, no wider than either, and within its policy`, async ({
    page,
  }) => {
    const refusals = await listenToRefusals(page);
    await open(page);
    await refusals.expectNone();
    await expectGoodEverywhere(page);
  });
}

test('the phone’s menu opens, closes with Escape and leads on', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  const menu = page.getByRole('button', { name: 'Shop' });
  await menu.click();
  const nav = page.getByRole('navigation', { name: 'Departments', exact: true });
  await expect(nav).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(nav).toBeHidden();
  await expect(menu).toBeFocused();
  await menu.click();
  await nav.getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/\/category\//);
  await expect(nav).toBeHidden();
});

const PATHS = [
  '/',
  '/products',
  '/search?q=door',
  '/cart',
  '/checkout',
  '/orders',
  '/sign-in',
  '/sign-up',
  '/reset-password',
];

test('every page has a title and a main heading of its own', async ({ page }) => {
  const titles: string[] = [];
  for (const path of PATHS) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    titles.push(await page.title());
  }
  expect(new Set(titles).size).toBe(titles.length);
});
