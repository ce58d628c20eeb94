import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../accessible.ts';
import { addStaff, api, expectHeading, openConsole, type Staff } from '../console.ts';
import { expectLive, lineOf, mark, PUSH_TIMEOUT_MS } from '../live.ts';
import { expectStatus } from '../shop.ts';
import {
  buy,
  makeOffer,
  makeSellable,
  makeSupplier,
  type PaidOrder,
  PLANNING_TIMEOUT_MS,
  setStatus,
  untilAttention,
} from '../suppliers.ts';

let staff: Staff;
test.beforeAll(async () => {
  staff = await addStaff('admin');
});

// Two people in two browsers, each in the state that they are to be in.
test.slow();

/** An order that waits for somebody of the staff, and the page on which its buyer follows it. */
async function followed(desk: Page, shopper: Page): Promise<PaidOrder> {
  await openConsole(desk, staff);
  const { sku } = await makeSellable(desk);
  const order = await buy(desk, sku);
  await untilAttention(desk, order.id);
  await shopper.goto(`/orders/${order.id}#token=${encodeURIComponent(order.token)}`);
  await expectStatus(shopper, 'needsAttention');
  return order;
}

/** Sends the order's one piece by hand. */
async function fulfil(desk: Page, { id, number }: PaidOrder): Promise<void> {
  await desk.goto(`/console/attention/${id}/show`);
  await expectHeading(desk, `Order ${number}`);
  await desk.getByRole('button', { name: 'Fulfil by hand' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('Carrier').fill('Royal Mail');
  await dialog.getByRole('button', { name: 'It is sent' }).click();
  await expect(dialog).toBeHidden();
}

test('the shopper’s page changes as staff acts, is read out, and is not loaded anew', async ({
  page,
  browser,
}) => {
  const elsewhere = await browser.newContext();
  const shopper = await elsewhere.newPage();
  const order = await followed(page, shopper);
  await expectLive(shopper);
  await expectAccessible(shopper);
  const { expectSamePage } = await mark(shopper);
  await fulfil(page, order);
  await expectStatus(shopper, 'fulfilled', { timeout: PUSH_TIMEOUT_MS });
  await expect(shopper.getByTestId('announcer')).toContainText('on its way');
  await expect(shopper.getByRole('heading', { name: 'One parcel' })).toBeVisible();
  await expectSamePage();
  await elsewhere.close();
});

test('a page whose connection is cut asks by itself, and goes on live once it is back', async ({
  page,
  browser,
}) => {
  const elsewhere = await browser.newContext();
  const shopper = await elsewhere.newPage();
  const line = await lineOf(shopper);
  const order = await followed(page, shopper);
  await expectLive(shopper);
  await line.cut();
  await expectLive(shopper, 'reconnecting');
  await expect(shopper.getByTestId('live')).toContainText('asks every few seconds');
  await expectAccessible(shopper);
  // The API still answers: a page that asks hears of it all the same.
  const asked = shopper.waitForResponse((response) => response.url().includes(`/api/orders/${order.id}`));
  expect((await asked).status()).toBe(200);
  line.mend();
  await expectLive(shopper);
  await line.cut();
  await expectLive(shopper, 'reconnecting');
  await fulfil(page, order);
  await expectStatus(shopper, 'fulfilled', { timeout: PUSH_TIMEOUT_MS });
  await elsewhere.close();
});

test('without a network the page says so, and catches up once there is one', async ({ page, browser }) => {
  const elsewhere = await browser.newContext();
  const shopper = await elsewhere.newPage();
  const order = await followed(page, shopper);
  await expectLive(shopper);
  await elsewhere.setOffline(true);
  await expectLive(shopper, 'reconnecting');
  await fulfil(page, order);
  await expectStatus(shopper, 'needsAttention');
  await elsewhere.setOffline(false);
  await expectStatus(shopper, 'fulfilled', { timeout: PUSH_TIMEOUT_MS });
  await elsewhere.close();
});

test('the lists of the desk show what shoppers and suppliers do, without being loaded anew', async ({
  page,
}) => {
  await openConsole(page, staff);
  const { sku } = await makeSellable(page);
  const { id, name } = await makeSupplier(page, { adapter: 'manual', active: true });
  await makeOffer(page, id, sku);
  await page.goto(`/console/tasks?filter=${encodeURIComponent(JSON.stringify({ supplier: id }))}`);
  await expectHeading(page, 'Tasks');
  await expectLive(page);
  const tasks = await mark(page);
  const order = await buy(page, sku);
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toBeVisible({ timeout: PLANNING_TIMEOUT_MS });
  await tasks.expectSamePage();

  const link = row.getByRole('link').first();
  await link.click();
  await expect(page.getByRole('button', { name: 'Refuse' })).toBeVisible({ timeout: PLANNING_TIMEOUT_MS });
  await expectLive(page);
  const taskId = /tasks\/([^/]+)\/show/.exec(page.url())?.[1] ?? '';
  const refused = await api(
    page,
    'POST',
    `/fulfilment/tasks/${taskId}/refusal`,
    { reason: 'None left.' },
    { 'idempotency-key': crypto.randomUUID() },
  );
  expect(refused.status, JSON.stringify(refused.body)).toBeLessThan(300);
  await expect(page.locator('[data-status=rejected]')).toBeVisible({ timeout: PUSH_TIMEOUT_MS });
  await tasks.expectSamePage();
  await setStatus(page, id, 'paused');
  await untilAttention(page, order.id);
});

test('the list of what needs attention grows by itself', async ({ page }) => {
  await openConsole(page, staff);
  const { sku } = await makeSellable(page);
  await page.goto('/console/attention');
  await expectLive(page);
  const { expectSamePage } = await mark(page);
  const { number } = await buy(page, sku);
  await expect(page.getByRole('link', { name: number })).toBeVisible({ timeout: PLANNING_TIMEOUT_MS });
  await expectSamePage();
  await expectAccessible(page);
});

test('the depths of the queues are sent, once a minute', async ({ page }) => {
  await openConsole(page, staff);
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  await page.goto('/console/queues');
  await expectLive(page);
  const depths = () => frames.find((frame) => frame.includes('"QueueDepths"'));
  await expect.poll(depths, { timeout: 150_000, message: 'what was sent of the queues' }).toBeDefined();
  const { queues } = JSON.parse(depths() ?? '') as { queues: unknown[] };
  await expect(page.getByRole('region')).toHaveCount(queues.length);
});
