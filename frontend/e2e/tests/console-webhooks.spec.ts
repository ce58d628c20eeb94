import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectGoodEverywhere } from '../accessible.ts';
import { addStaff, expectHeading, news, openConsole, type Staff, unique } from '../console.ts';
import { tabTo } from '../shop.ts';
import { buy, makeSellable, simulated } from '../suppliers.ts';
import { DELIVERY_TIMEOUT_MS, makeWebhook, planAnswers } from '../webhooks.ts';

let admin: Staff;
let operator: Staff;
test.beforeAll(async () => {
  [admin, operator] = await Promise.all([addStaff('admin'), addStaff('operator')]);
});

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const dialog = (page: Page) => page.getByRole('dialog');
const deliveries = (page: Page) => page.getByRole('list', { name: 'Deliveries' }).getByRole('listitem');

/** Goes to something with the Tab key and presses it. */
async function press(page: Page, name: string | RegExp, within: Page | ReturnType<typeof dialog> = page) {
  await tabTo(page, within.getByRole('button', { name, exact: typeof name === 'string' }));
  await page.keyboard.press('Enter');
}

test('by keyboard: a webhook is added, tested, and hears of an order, which is sent once more', async ({
  page,
}) => {
  test.slow();
  const name = `Books ${unique()}`;
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  await page.goto('/console/webhooks');
  await expectHeading(page, 'Webhooks');
  await tabTo(page, page.getByRole('link', { name: 'Add a webhook' }).first());
  await page.keyboard.press('Enter');
  await expectHeading(page, 'Add a webhook');
  await press(page, 'Add the webhook');
  await expect(page.getByText('Give the address that is to be called.')).toBeVisible();
  await expect(page.getByText('Choose at least one event.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Address').focus();
  await page.keyboard.type(`${simulated()}/inbox`);
  await tabTo(page, page.getByLabel('Name'));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole('checkbox', { name: 'OrderPaid', exact: true }));
  await page.keyboard.press('Space');
  await press(page, 'Add the webhook');

  await expect(page.getByTestId('webhook-secret')).toContainText(/^whsec_/);
  await expectAccessible(page);
  await press(page, 'I have kept it');
  await expectHeading(page, name);
  await expect(page.locator('[data-status=pending]')).toContainText('Nothing sent yet');
  await press(page, 'Send a test');
  await expect(page.getByText(/^Delivered, HTTP 204/)).toBeVisible();

  await buy(page, sku);
  await expect(deliveries(page).first()).toContainText('Delivered', { timeout: DELIVERY_TIMEOUT_MS });
  await expect(deliveries(page).first()).toContainText('OrderPaid');
  await expectGoodEverywhere(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await tabTo(page, deliveries(page).first().getByRole('link'));
  await page.keyboard.press('Enter');
  await expectHeading(page, 'OrderPaid');
  const attempts = page.getByRole('list', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts).toHaveCount(1);
  await press(page, 'Send again');
  await expect(news(page)).toContainText('It is sent again.');
  await expect(attempts).toHaveCount(2, { timeout: DELIVERY_TIMEOUT_MS });
  await expectGoodEverywhere(page);
});

test('a webhook is paused with a reason, changed, resumed, and gets what was held back', async ({ page }) => {
  test.slow();
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  const { id, description } = await makeWebhook(page, ['OrderPaid']);
  await page.goto(`/console/webhooks/${id}/show`);
  await expectHeading(page, description);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await dialog(page).getByLabel('Why').fill('They move house.');
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'They move house.' })).toBeVisible();
  await expectAccessible(page);

  await buy(page, sku);
  await expect(deliveries(page).first()).toContainText('Held back', { timeout: DELIVERY_TIMEOUT_MS });
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Failed' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expect(page).toHaveURL(/state=failed/);

  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await expectHeading(page, `Change “${description}”`);
  await page.getByLabel('Name').fill(`${description}, moved`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(news(page)).toContainText('is saved');
  await page.goto(`/console/webhooks/${id}/show`);
  await expectHeading(page, `${description}, moved`);
  await page.getByRole('button', { name: 'Resume' }).click();
  await dialog(page).getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Send again since…' }).click();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Send again' }).click();
  await expect(news(page)).toContainText('1 delivery is sent again.');
  await expect(deliveries(page).first()).toContainText('Delivered', { timeout: DELIVERY_TIMEOUT_MS });
});

test('what an address answers is shown, its secret is renewed, and an address that is gone is paused', async ({
  page,
}) => {
  test.slow();
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  const { id, description, url } = await makeWebhook(page, ['OrderPaid']);
  await page.goto(`/console/webhooks/${id}/show`);
  await expectHeading(page, description);
  await planAnswers(url, [500]);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText(/^Refused, HTTP 500/)).toBeVisible();
  await page.getByRole('button', { name: 'Renew the secret' }).click();
  await dialog(page).getByRole('button', { name: 'Renew' }).click();
  await expect(page.getByTestId('webhook-secret')).toContainText(/^whsec_/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText(/The secret before the present one signs too/)).toBeVisible();

  await planAnswers(url, [410]);
  await buy(page, sku);
  await expect(page.locator('[data-status=disabled]')).toContainText('Gone', {
    timeout: DELIVERY_TIMEOUT_MS,
  });
  await expect(page.getByRole('alert').filter({ hasText: '410 Gone' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expectHeading(page, 'Webhooks');
  await expect(page.getByRole('link', { name: description })).toHaveCount(0);
});

test('webhooks are for admins', async ({ page }) => {
  await openConsole(page, operator);
  await expect(page.getByRole('navigation', { name: 'Console' })).not.toContainText('Webhooks');
  await page.goto('/console/webhooks');
  await expectHeading(page, 'Not for your group');
});
