import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../accessible.ts';
import { addStaff, api, expectHeading, news, openConsole, type Staff, unique } from '../console.ts';
import { tabTo } from '../shop.ts';
import { makeOffer, makeSellable, makeSupplier, setStatus, simulated } from '../suppliers.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

/** How long somebody who has never seen the desk may take to add a supplier. */
const FIVE_MINUTES_MS = 300_000;

const dialog = (page: Page) => page.getByRole('dialog');

test('with what the page says, a supplier is added, tried, given an offer and started', async ({ page }) => {
  test.setTimeout(FIVE_MINUTES_MS);
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  const name = `Newcomer ${unique()}`;
  await page.goto('/console/suppliers');
  await page.getByRole('link', { name: 'Add a supplier' }).first().click();
  await expectHeading(page, 'Add a supplier');

  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Base URL').fill(simulated());
  await expect(page.getByRole('status').filter({ hasText: 'The configuration works out' })).toBeVisible();
  await page.getByRole('button', { name: 'Add the supplier' }).click();

  await expectHeading(page, name);
  await expect(page.getByText('Before it gets work')).toBeVisible();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The connection works' })).toBeVisible();

  await page.getByRole('link', { name: 'Say what it offers' }).click();
  await page.getByRole('button', { name: 'Add an offer' }).first().click();
  const form = page.getByRole('group', { name: 'New offer' });
  await form.getByLabel('SKU', { exact: false }).fill(sku);
  await form.getByLabel('Supplier’s code').fill('A1');
  await form.getByLabel('Cost').fill('4.50');
  await form.getByRole('button', { name: 'Add the offer' }).click();
  await expect(page.getByRole('row').filter({ hasText: sku })).toContainText('£4.50');

  await page.getByRole('button', { name: 'Start' }).click();
  await dialog(page).getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('[data-status=active]')).toBeVisible();

  await page.goto('/console/routing');
  await page.getByLabel('SKU of line 1').fill(sku);
  await page.getByLabel('Pieces of line 1').fill('3');
  await page.getByRole('button', { name: 'Where would it go?' }).click();
  await expect(page.getByRole('status').filter({ hasText: '£13.50' })).toBeVisible();
  await expect(page.getByRole('link', { name }).first()).toBeVisible();
});

test('by keyboard: a supplier is paused, and its name changed', async ({ page }) => {
  await openConsole(page, admin);
  const { id, name } = await makeSupplier(page, { active: true });
  await page.goto(`/console/suppliers/${id}`);
  await expectHeading(page, name);
  await tabTo(page, page.getByRole('button', { name: 'Pause' }));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog(page).getByRole('button', { name: 'Pause' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-status=paused]')).toBeVisible();
  await expect(dialog(page)).toBeHidden();

  await tabTo(page, page.getByLabel('Name'));
  await page.keyboard.press('End');
  await page.keyboard.type(' & Sons');
  await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(news(page)).toContainText('is saved');
  await expectHeading(page, `${name} & Sons`);
});

test('by keyboard: a supplier with nothing to do is deleted, once its name was typed', async ({ page }) => {
  await openConsole(page, admin);
  const { id, name } = await makeSupplier(page, { active: true });
  await page.goto(`/console/suppliers/${id}`);
  await expectHeading(page, name);
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await setStatus(page, id, 'paused');
  await page.reload();
  await tabTo(page, page.getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Its name')).toBeFocused();
  await page.keyboard.type('Somebody else');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(`Type “${name}”, if you are sure.`);
  await expectAccessible(page);
  await dialog(page).getByLabel('Its name').fill(name);
  await page.keyboard.press('Enter');
  await expectHeading(page, 'Suppliers');
  await expect(news(page)).toContainText(`“${name}” is deleted`);
  await expect(async () => {
    await page.goto('/console/suppliers');
    await expectHeading(page, 'Suppliers');
    await expect(page.getByRole('link', { name })).toHaveCount(0, { timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  const { status } = await api(page, 'GET', `/fulfilment/suppliers/${id}`);
  expect(status).toBe(404);
});

test('the editor says what does not work out, leads there, and reads a sample answer', async ({ page }) => {
  await openConsole(page, admin);
  const { id } = await makeSupplier(page);
  await page.goto(`/console/suppliers/${id}?tab=connection`);
  const editor = page.getByLabel('Configuration (JSON)');
  const whole = await editor.inputValue();

  await editor.fill(whole.replace('"states"', '"states'));
  await expect(page.getByText('This is no JSON yet: look for')).toBeVisible();

  await editor.fill(whole.replace('{reference: reference', '{reference: referense'));
  const fault = page.getByRole('status').filter({ hasText: 'not work out yet' });
  await expect(fault).toContainText('place.request.body');
  await fault.getByRole('button', { name: /^Go to line/ }).click();
  await expect(editor).toBeFocused();

  await editor.fill(whole);
  await expect(page.getByRole('status').filter({ hasText: 'The configuration works out' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Request: place' })).toContainText('POST');
  await page.getByLabel('Sample answer: place').fill('{"order": {"id": "A-17", "state": "received"}}');
  await expect(page.getByRole('region', { name: 'What is read of place' })).toContainText('A-17');
  await expectAccessible(page);
});

test('a secret is set and replaced, and never told', async ({ page }) => {
  await openConsole(page, admin);
  const { id } = await makeSupplier(page);
  const secret = `secret-${unique()}`;
  await page.goto(`/console/suppliers/${id}?tab=connection`);
  await page.getByRole('button', { name: 'Set the key' }).click();
  await dialog(page).getByLabel('Secret', { exact: true }).fill(secret);
  await dialog(page).getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByRole('region', { name: 'The key' })).toContainText('Set just now');
  await expect(page.getByRole('button', { name: 'Replace the key' })).toBeVisible();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByRole('region', { name: 'Connection test' }).getByRole('status')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  const { body } = await api(page, 'GET', `/fulfilment/suppliers/${id}`);
  expect(JSON.stringify(body)).not.toContain(secret);

  await page.getByRole('button', { name: 'Remove the key' }).click();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('region', { name: 'The key' })).toContainText('Not set');
});

test('an address that cannot be reached: the test says so', async ({ page }) => {
  await openConsole(page, admin);
  const { id } = await makeSupplier(page);
  await page.goto(`/console/suppliers/${id}?tab=connection`);
  // A name that is nobody's by agreement.
  await page.getByLabel('Base URL').fill('https://supplier.invalid/api');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(news(page)).toContainText('is saved');
  await page.getByRole('button', { name: 'Test the connection' }).click();
  const panel = page.getByRole('region', { name: 'Connection test' });
  await expect(panel.getByRole('status')).toContainText('The connection does not work', { timeout: 30_000 });
});

test('two who edit a supplier meet, and nothing is lost', async ({ page }) => {
  await openConsole(page, admin);
  const supplier = await makeSupplier(page);
  await page.goto(`/console/suppliers/${supplier.id}`);
  await page.getByLabel('Weight').fill('9');

  const path = `/fulfilment/suppliers/${supplier.id}`;
  const { body } = await api<Record<string, unknown>>(page, 'GET', path);
  const { name, adapter, configuration, weight, budget, limits, webhook, version } = body;
  const theirs = { name, adapter, configuration, priority: 7, weight, budget, limits, webhook };
  const put = await api(page, 'PUT', path, theirs, { 'if-match': `"${version}"` });
  expect(put.status).toBe(200);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog(page)).toContainText('Somebody else saved this meanwhile');
  await dialog(page).getByRole('button', { name: 'Save this choice' }).click();
  await expect(news(page)).toContainText('is saved');
  const { body: merged } = await api<{ priority: number; weight: number }>(page, 'GET', path);
  expect(merged).toMatchObject({ priority: 7, weight: 9 });
});

test('an operator tests and pauses, but does not change', async ({ page, browser }) => {
  await openConsole(page, admin);
  const { id, name } = await makeSupplier(page, { active: true });
  const other = await (await browser.newContext()).newPage();
  await openConsole(other, await addStaff('operator'));
  await other.goto('/console/suppliers');
  await expect(other.getByRole('link', { name, exact: true })).toBeVisible();
  await expect(other.getByRole('link', { name: 'Add a supplier' })).toHaveCount(0);
  await other.goto(`/console/suppliers/${id}`);
  await expectHeading(other, name);
  await expect(other.getByText('Only admins change these settings.')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await other.getByRole('button', { name: 'Drain' }).click();
  await dialog(other).getByRole('button', { name: 'Drain' }).click();
  await expect(other.locator('[data-status=draining], [data-status=paused]').first()).toBeVisible();
  await other.context().close();
});

test('offers are edited in their rows, brought in as CSV and taken out', async ({ page }) => {
  await openConsole(page, admin);
  const { id } = await makeSupplier(page);
  const { sku } = await makeSellable(page);
  await makeOffer(page, id, sku);
  await page.goto(`/console/suppliers/${id}/offers`);
  await page.getByRole('button', { name: `Edit the offer for ${sku}` }).click();
  const form = page.getByRole('group', { name: `Offer for ${sku}` });
  await form.getByLabel('Minimum').fill('60');
  await form.getByRole('button', { name: 'Save the offer' }).click();
  await expect(form).toContainText('Less than the minimum.');
  await form.getByLabel('Minimum').fill('2');
  await form.getByLabel('Lead time').fill('36 h');
  await form.getByRole('button', { name: 'Save the offer' }).click();
  const row = page.getByRole('row').filter({ hasText: sku });
  await expect(row).toContainText('1 day 12 hours');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const [header = '', line = ''] = Buffer.concat(chunks).toString().split(/\r?\n/);
  expect(line).toContain(sku);

  const cells = line.split(',');
  const costAt = header.split(',').indexOf('cost');
  const changed = (cost: string) => cells.map((cell, at) => (at === costAt ? cost : cell)).join(',');
  const choose = async (rows: string[]) => {
    await page.getByTestId('file-input').setInputFiles({
      name: 'spring.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\r\n')),
    });
  };
  await page.getByRole('button', { name: 'Import CSV' }).click();
  await choose([header, changed('cheap')]);
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is changed' })).toBeVisible();
  const mistakes = page.getByRole('table', { name: 'What is wrong' });
  await expect(mistakes.getByRole('row').filter({ hasText: 'cost' })).toContainText('2');
  await expect(page.getByRole('button', { name: 'Bring them in' })).toHaveCount(0);

  await choose([header, changed('3.25')]);
  await expect(
    page.getByRole('status').filter({ hasText: 'It would be so: 0 new, 1 changed' }),
  ).toBeVisible();
  await expect(row).toContainText('£4.50');
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The offers are in' })).toBeVisible();
  await expect(row).toContainText('£3.25');

  await page.getByRole('button', { name: `Delete the offer for ${sku}` }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No offers yet')).toBeVisible();
});
