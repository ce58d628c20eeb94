import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../accessible.ts';
import { addStaff, choose, expectHeading, news, openConsole, type Staff, unique } from '../console.ts';
import { localTime, makePaced, RELEASE_TIMEOUT_MS } from '../paced.ts';
import { tabTo } from '../shop.ts';
import { makeSellable } from '../suppliers.ts';

let operator: Staff;
test.beforeAll(async () => {
  operator = await addStaff('operator');
});

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const dialog = (page: Page) => page.getByRole('dialog');
const preview = (page: Page) => page.getByRole('region', { name: 'What will happen' });
const save = (page: Page) => page.getByRole('button', { name: 'Start the paced order' });

/** Goes to a field by keyboard and replaces what is in it. */
async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const WHO = {
  'Email address': 'ada@example.org',
  'Full name': 'Ada Farrier',
  'Address line 1': '12 Anvil Row',
  'Town or city': 'Dudley',
  Postcode: 'DY1 4PX',
};

async function fillWho(page: Page): Promise<void> {
  for (const [label, text] of Object.entries(WHO)) await page.getByLabel(label).fill(text);
}

test('a quantity is released over time: begun, paused, resumed and stopped', async ({ page }) => {
  test.slow();
  await openConsole(page, operator);
  const { sku, title } = await makeSellable(page);
  const name = `Rivets ${unique()}`;
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Paced orders' }).click();
  await expectHeading(page, 'Paced orders');
  await page.getByRole('link', { name: 'New paced order' }).first().click();
  await expectHeading(page, 'New paced order');
  await expect(preview(page)).toContainText('Fill in the SKU and the plan');
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('SKU').fill(sku);
  await page.getByLabel('Pieces in all').fill('10');
  await page.getByLabel('Instalments', { exact: false }).and(page.locator('input')).fill('2');
  await page.getByLabel('Start').fill(await localTime(page, -1));
  await page.getByLabel('End').fill(await localTime(page, 2 * 24 * 60));
  await expect(preview(page)).toContainText(`10 pieces of ${title} for £189.90 in all`);
  await expect(preview(page).getByRole('img', { name: '2 instalments of 5 pieces.' })).toBeVisible();
  await expect(preview(page).getByRole('row')).toHaveCount(3);
  await page.getByLabel('Budget').fill('100');
  await expect(preview(page)).toContainText('the budget is spent after 1 instalment');
  await page.getByLabel('Budget').fill('');
  await expect(preview(page)).not.toContainText('the budget is spent');
  await expectAccessible(page);
  await fillWho(page);
  await save(page).click();
  await expect(news(page)).toContainText('is running');
  await expectHeading(page, name);

  const released = page.getByRole('table', { name: 'Released instalments' });
  await expect(released.getByRole('row')).toHaveCount(2, { timeout: RELEASE_TIMEOUT_MS });
  await expect(page.getByText('5 of 10 pieces')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Instalments to come' }).getByRole('row')).toHaveCount(2);

  await page.getByRole('button', { name: 'Pause' }).click();
  await dialog(page).getByLabel('Why').fill('The site is closed.');
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(news(page)).toContainText('is paused');
  await expect(page.getByRole('alert').filter({ hasText: 'The site is closed.' })).toContainText(
    operator.email,
  );
  await page.getByRole('button', { name: 'Resume' }).click();
  await dialog(page).getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('[data-status=running]')).toBeVisible();

  await page.getByRole('button', { name: 'Stop' }).click();
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await expect(dialog(page)).toContainText('Set the tick');
  await dialog(page).getByRole('checkbox').check();
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('[data-status=stopped]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0);

  const order = released.getByRole('link');
  const number = (await order.textContent()) ?? '';
  await order.click();
  await expectHeading(page, `Order ${number}`);
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText(sku);

  await page.goto('/console/paced-orders');
  await page.getByRole('button', { name: 'Stopped' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('5 of 10 pieces');
});

test('a subscription is made by keyboard alone', async ({ page }) => {
  test.slow();
  await openConsole(page, operator);
  const { sku } = await makeSellable(page);
  const name = `Nails ${unique()}`;
  await page.goto('/console/paced-orders/create');
  await expectHeading(page, 'New paced order');
  await type(page, page.getByLabel('Name', { exact: false }).first(), name);
  await type(page, page.getByLabel('SKU'), sku);
  await tabTo(page, page.getByRole('radio', { name: 'A quantity over some time' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'A subscription' })).toBeChecked();
  await type(page, page.getByLabel('Pieces each time'), '2');
  await type(page, page.getByLabel('Every'), '3');
  await expect(preview(page)).toContainText('without an end');
  await expect(preview(page)).toContainText('And so on');
  for (const [label, text] of Object.entries(WHO)) await type(page, page.getByLabel(label), text);
  await tabTo(page, save(page));
  await page.keyboard.press('Enter');
  await expectHeading(page, name);
  await expect(page.getByText(/^2 pieces every 3 weeks from .*, without an end\.$/)).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test('the hours of the day are weighed, and a product is found by its name', async ({ page }) => {
  await openConsole(page, operator);
  const { sku, title } = await makeSellable(page);
  await page.goto('/console/paced-orders/create');
  await page.getByLabel('Find it by the product’s name').fill(title);
  await page.getByRole('option', { name: title }).click();
  await choose(page, page.getByLabel(`Variant of ${title}`), new RegExp(sku));
  await expect(page.getByLabel('SKU')).toHaveValue(sku);
  await page.getByLabel('Pieces in all').fill('10');
  await page.getByRole('radio', { name: 'By hour of day' }).check();
  await page.getByRole('button', { name: 'All alike' }).click();
  await expect(page.getByLabel('Weight of 03:00')).toHaveValue('1');
  await expect(preview(page).getByRole('table')).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test('what cannot be is said at its field, before anything is kept', async ({ page }) => {
  await openConsole(page, operator);
  await page.goto('/console/paced-orders/create');
  await page.getByLabel('SKU').fill('NO-SUCH-THING');
  await page.getByLabel('Pieces in all').fill('10');
  await expect(preview(page).getByRole('alert')).toBeVisible();
  await page.getByLabel('Instalments', { exact: false }).and(page.locator('input')).fill('11');
  await save(page).click();
  await expect(page.getByText('A whole number from 1 to 10.')).toBeVisible();
  await expect(page.getByText('Give a name that tells it from others.')).toBeVisible();
  await page.getByLabel('Instalments', { exact: false }).and(page.locator('input')).fill('2');
  await page.getByLabel('Name', { exact: false }).first().fill('Nothing');
  await fillWho(page);
  await save(page).click();
  const field = page.getByLabel('SKU');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/create$/);
});

test('two who change it at once: the second is told', async ({ page }) => {
  await openConsole(page, operator);
  const { sku } = await makeSellable(page);
  const { id, name } = await makePaced(page, sku);
  await page.goto(`/console/paced-orders/${id}/show`);
  await expectHeading(page, name);
  await page.route('**/paced-orders/*/status', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'if-match': '"0"' } }),
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(dialog(page).getByRole('alert')).toBeVisible();
  await page.unroute('**/paced-orders/*/status');
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-status=paused]')).toBeVisible();
});
