import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page, test } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { ACCEPTED_CARD, placeOrder } from '../shop.ts';
import { payFor, STOPS } from '../stops.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary}`),
  );
  expect(told, told.join('\n\n')).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Polled, as the frame after a change of the window's size may still have the old media queries.
  await expect
    .poll(
      () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      { message: 'pixels by which the page is wider than the screen' },
    )
    .toBeLessThanOrEqual(0);
}

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
  test(`${name}: accessible on a desk and on a phone, and no wider than either`, async ({ page }) => {
    await open(page);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
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

test('every page has a title and a main heading of its own', async ({ page }) => {
  const titles: string[] = [];
  for (const path of ['/', '/products', '/cart', '/checkout', '/orders']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    titles.push(await page.title());
  }
  expect(new Set(titles).size).toBe(titles.length);
});
