import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../accessible.ts';
import { addStaff, choose, expectHeading, news, openConsole, type Staff } from '../console.ts';
import { ACCEPTED_CARD, KEEPING_CARD, tabTo } from '../shop.ts';
import {
  buy,
  makeOffer,
  makeSellable,
  makeSupplier,
  PLANNING_TIMEOUT_MS,
  setStatus,
  untilAttention,
} from '../suppliers.ts';

let staff: Staff;
test.beforeAll(async () => {
  staff = await addStaff('admin');
});

const dialog = (page: Page) => page.getByRole('dialog');

/** An order that nobody can send, on its page. */
async function openStranded(page: Page, quantity = 2, card = ACCEPTED_CARD) {
  const { sku } = await makeSellable(page);
  const order = await buy(page, sku, quantity, card);
  await untilAttention(page, order.id);
  await page.goto('/console/attention');
  await page.getByRole('link', { name: order.number }).click();
  await expectHeading(page, `Order ${order.number}`);
  return { ...order, sku };
}

test('an order that nobody can send is sent by hand, in part and then whole', async ({ page }) => {
  test.slow();
  await openConsole(page, staff);
  const { sku } = await openStranded(page);
  await expect(page.getByText('Nobody offers it.')).toBeVisible();
  await expectAccessible(page);
  const ship = async (pieces: string) => {
    await page.getByRole('button', { name: 'Fulfil by hand' }).click();
    await dialog(page).getByLabel(`Pieces of ${sku}`).fill(pieces);
    await dialog(page).getByLabel('Carrier').fill('Royal Mail');
    await dialog(page).getByLabel('Tracking number').fill('RM 1234');
    await dialog(page).getByRole('button', { name: 'It is sent' }).click();
    await expect(dialog(page)).toBeHidden();
  };
  await page.getByRole('button', { name: 'Fulfil by hand' }).click();
  await dialog(page).getByLabel(`Pieces of ${sku}`).fill('3');
  await dialog(page).getByRole('button', { name: 'It is sent' }).click();
  await expect(dialog(page)).toContainText('0 to 2.');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();

  await ship('1');
  const shipments = page.getByRole('region', { name: 'Shipments' });
  await expect(shipments).toContainText(`1 × ${sku}`);
  await ship('1');
  await expect(page.locator('[data-status=fulfilled]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Fulfil by hand' })).toHaveCount(0);
});

test('by keyboard: an order is cancelled, after one has said that one is sure', async ({ page }) => {
  test.slow();
  await openConsole(page, staff);
  await openStranded(page);
  await tabTo(page, page.getByRole('button', { name: 'Cancel and refund' }));
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await tabTo(page, dialog(page).getByLabel('Reason'));
  await page.keyboard.type('Nobody makes it any more.');
  const submit = dialog(page).getByRole('button', { name: 'Cancel and refund' });
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('Set the tick');
  await tabTo(page, dialog(page).getByRole('checkbox'));
  await page.keyboard.press('Space');
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  await expect(news(page)).toContainText('The order is cancelled');
  await expect(page.locator('[data-status=cancelled], [data-status=refunded]').first()).toBeVisible();
});

test('by keyboard: what the provider would not pay back is paid back another way, and the customer sees it', async ({
  page,
}) => {
  test.slow();
  await openConsole(page, staff);
  const { id, token } = await openStranded(page, 2, KEEPING_CARD);
  await page.getByRole('button', { name: 'Cancel and refund' }).click();
  await dialog(page).getByLabel('Reason').fill('Nobody makes it any more.');
  await dialog(page).getByRole('checkbox').check();
  await dialog(page).getByRole('button', { name: 'Cancel and refund' }).click();
  await expect(page.getByText('Why it needs attention')).toBeVisible();

  const customers = await page.context().newPage();
  await customers.goto(`/orders/${id}#token=${encodeURIComponent(token)}`);
  await expect(customers.getByTestId('refund')).toContainText('We could not send £');
  await expectAccessible(customers);

  await tabTo(page, page.getByRole('button', { name: 'Paid back another way' }));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog(page).getByLabel('How it was paid back'));
  await page.keyboard.type('Bank transfer 4711');
  const submit = dialog(page).getByRole('button', { name: 'It is paid back' });
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('Set the tick');
  await expectAccessible(page);
  await tabTo(page, dialog(page).getByRole('checkbox'));
  await page.keyboard.press('Space');
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  await expect(news(page)).toContainText('The order is refunded');
  await expect(page.locator('[data-status=refunded]').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Cancellation' })).toContainText('Bank transfer 4711');

  await expect(customers.getByTestId('refund')).toContainText('We have paid £', { timeout: 30_000 });
  await expect(customers.getByTestId('refund')).not.toContainText('4711');
  await customers.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(customers);
});

test('an order is assigned to somebody who begins to offer it, who does it by hand', async ({ page }) => {
  test.slow();
  await openConsole(page, staff);
  const { sku, number } = await openStranded(page);
  const { id, name } = await makeSupplier(page, { adapter: 'manual', active: true });
  await makeOffer(page, id, sku);
  await page.reload();
  await expect(page.getByRole('region', { name: 'What nobody sends' })).toContainText(name);
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await choose(page, dialog(page).getByLabel(`2 × ${sku}`), new RegExp(name));
  await dialog(page).getByRole('button', { name: 'Assign' }).click();
  await expect(news(page)).toContainText('The lines are assigned');

  const task = page.getByRole('link', { name: `${name}: 2 × ${sku}` });
  await expect(async () => {
    await page.goto('/console/tasks');
    await page
      .getByRole('row')
      .filter({ hasText: name })
      .getByRole('link', { name: `2 × ${sku}` })
      .click();
    await expect(page.getByRole('button', { name: 'Sent' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: PLANNING_TIMEOUT_MS });
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: 'Sent' }).click();
  await dialog(page).getByLabel('Tracking number').fill('HAND-7');
  await dialog(page).getByRole('button', { name: 'It is sent' }).click();
  await expect(page.locator('[data-status=completed]')).toBeVisible();
  await page.getByRole('link', { name: number }).click();
  await expect(page.locator('[data-status=fulfilled]')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Shipments' })).toContainText('HAND-7');
  await expect(task).toBeVisible();
  await setStatus(page, id, 'paused');
});

test('a task that is refused leaves its order to somebody else, or to us', async ({ page }) => {
  test.slow();
  await openConsole(page, staff);
  const { sku } = await makeSellable(page);
  const { id, name } = await makeSupplier(page, { adapter: 'manual', active: true });
  await makeOffer(page, id, sku);
  const order = await buy(page, sku);
  await expect(async () => {
    await page.goto(`/console/attention/${order.id}/show`);
    await page.getByRole('link', { name: `${name}: 1 × ${sku}` }).click({ timeout: 3000 });
  }).toPass({ timeout: PLANNING_TIMEOUT_MS });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('button', { name: 'Refuse' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: PLANNING_TIMEOUT_MS });
  await page.getByRole('button', { name: 'Refuse' }).click();
  await dialog(page).getByRole('button', { name: 'Refuse it' }).click();
  await expect(dialog(page)).toContainText('Say why.');
  await dialog(page).getByLabel('Reason').fill('None left.');
  await dialog(page).getByRole('button', { name: 'Refuse it' }).click();
  await expect(page.locator('[data-status=rejected]')).toBeVisible();
  await expect(async () => {
    await page.goto(`/console/tasks?filter=${encodeURIComponent(JSON.stringify({ supplier: id }))}`);
    await choose(page, page.getByRole('combobox', { name: 'Status' }), /^All$/);
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Rejected', { timeout: 3000 });
  }).toPass({ timeout: PLANNING_TIMEOUT_MS });
  await untilAttention(page, order.id);
  await page.goto(`/console/attention/${order.id}/show`);
  await expect(page.getByText('Why it needs attention')).toBeVisible();
  await expect(page.getByText('None left.').first()).toBeVisible();
  await setStatus(page, id, 'paused');
});
