import { expect, test } from '@playwright/test';
import { expectNoSidewaysScroll } from '../accessible.ts';
import { addStaff, api, choose, expectHeading, news, openConsole, type Staff } from '../console.ts';
import { makeOffer, makeSellable, makeSupplier, setStatus } from '../suppliers.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

test('a product has a strategy of its own, and the simulator follows it and says why', async ({ page }) => {
  await openConsole(page, admin);
  const product = await makeSellable(page);
  const cheap = await makeSupplier(page, { active: true });
  const fast = await makeSupplier(page, { active: true });
  const paused = await makeSupplier(page);
  await makeOffer(page, cheap.id, product.sku, { cost: { amount: 100, currency: 'GBP' } });
  await makeOffer(page, fast.id, product.sku, { leadTimeSeconds: 3600 });
  await makeOffer(page, paused.id, product.sku, { cost: { amount: 1, currency: 'GBP' } });

  await page.goto('/console/routing');
  await expectHeading(page, 'Routing');
  await page.getByLabel('Add a product').fill(product.title);
  await page.getByRole('option', { name: product.title }).click();
  await choose(page, page.getByRole('combobox', { name: `Strategy for ${product.title}` }), 'Fastest');
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await expect(news(page)).toContainText('The rules are saved');

  const simulate = async () => {
    await page.getByRole('button', { name: 'Where would it go?' }).click();
    await page.getByText('Why this supplier').click();
    return page.getByRole('table', { name: `Considered for ${product.sku}` });
  };
  await page.getByLabel('SKU of line 1').fill(product.sku);
  let why = await simulate();
  await expect(why.getByRole('row').filter({ hasText: fast.name })).toContainText('Chosen');
  await expect(why.getByRole('row').filter({ hasText: cheap.name })).toContainText('another went first');
  await expect(why.getByRole('row').filter({ hasText: paused.name })).toContainText('it is paused');

  await choose(page, page.getByLabel('Strategy', { exact: true }), 'Cheapest');
  why = await simulate();
  await expect(why.getByRole('row').filter({ hasText: cheap.name })).toContainText('Chosen');
  const wide = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 360, height: 740 });
  const list = page.getByRole('list', { name: `Considered for ${product.sku}` });
  await expect(list.getByRole('listitem').filter({ hasText: cheap.name })).toContainText('Chosen');
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(wide);

  await page.getByRole('button', { name: `Remove the strategy for ${product.title}` }).click();
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await expect(page.getByRole('combobox', { name: `Strategy for ${product.title}` })).toHaveCount(0);
  for (const { id } of [cheap, fast]) await setStatus(page, id, 'paused');
});

test('what nobody offers goes nowhere, and a SKU that there is not is told at its line', async ({ page }) => {
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  await page.goto('/console/routing');
  await page.getByRole('button', { name: 'Where would it go?' }).click();
  await expect(page.getByText('Give a SKU.')).toBeVisible();
  await page.getByLabel('SKU of line 1').fill(sku);
  await page.getByRole('button', { name: 'Where would it go?' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It would go nowhere.' })).toBeVisible();
  await expect(page.getByText('nobody offers it.')).toBeVisible();
});

test('suppliers are compared, and each has its health', async ({ page }) => {
  await openConsole(page, admin);
  const { id, name } = await makeSupplier(page);
  await api(page, 'POST', `/fulfilment/suppliers/${id}/test`);
  await page.goto('/console/suppliers');
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await expectHeading(page, 'Compare suppliers');
  await expect(page.getByRole('figure', { name: /^Answered well/ })).toContainText(name);
  await page.getByRole('button', { name: 'Week' }).click();
  await expect(page).toHaveURL(/period=week/);
  await expect(page.getByRole('img', { name: /calls? in \d+ hours/ }).first()).toBeVisible();

  await page.getByRole('region', { name: 'Calls over time' }).getByRole('link', { name }).click();
  await expectHeading(page, name);
  await expect(page.getByRole('table', { name: 'Figures' })).toContainText('Last hour');
  await expect(page.getByRole('region', { name: 'Health log' })).toBeVisible();
});
