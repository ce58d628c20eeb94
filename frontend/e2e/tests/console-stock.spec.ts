import { expect, test } from '@playwright/test';
import { addStaff, choose, expectHeading, makeProduct, news, openConsole } from '../console.ts';

test('stock is adjusted with a reason, which its history keeps', async ({ page }) => {
  const staff = await addStaff('operator');
  await openConsole(page, staff);
  const { sku } = await makeProduct(page);
  await page.goto('/console/stock');
  await page.getByLabel('Find by SKU').fill(sku);
  await page.getByRole('link', { name: sku }).click();
  await expectHeading(page, sku);

  const adjust = async (pieces: string, reason: string, note: string) => {
    await page.getByRole('button', { name: 'Adjust', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Pieces').fill(pieces);
    await choose(page, dialog.getByLabel('Reason'), reason);
    await dialog.getByLabel('Note').fill(note);
    await dialog.getByRole('button', { name: 'Adjust' }).click();
    return dialog;
  };
  await expect(await adjust('12', 'Received', 'Delivery note 4711')).toBeHidden();
  await expect(news(page)).toContainText('+12, now 12');
  const figures = page.locator('dl');
  await expect(figures).toContainText(/Available\s*12/);
  await expect(await adjust('-2', 'Damaged', 'Dropped')).toBeHidden();
  await expect(figures).toContainText(/Available\s*10/);
  const history = page.getByRole('region', { name: 'History' }).getByRole('listitem');
  await expect(history).toHaveCount(2);
  await expect(history.first()).toContainText('Dropped');
  await expect(history.first()).toContainText(staff.email);
  await expect(history.last()).toContainText('+12');

  const dialog = await adjust('-11', 'Lost', '');
  await expect(dialog).toContainText('There are only 10');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('what runs low is listed by its threshold', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const { id, sku } = await makeProduct(page);
  await page.goto(`/console/products/${id}?tab=stock`);
  await page.getByRole('button', { name: `No threshold: change for ${sku}` }).click();
  await page.getByRole('dialog').getByLabel('Pieces').fill('3');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: `Low at 3: change for ${sku}` })).toBeVisible();
  // The list follows the table's stream.
  await expect(async () => {
    await page.goto('/console/stock');
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: sku }) });
    await expect(row).toContainText('0', { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
});
