import { expect, type Page, test } from '@playwright/test';
import {
  addStaff,
  api,
  choose,
  expectHeading,
  makeProduct,
  news,
  openConsole,
  picture,
  type Staff,
  unique,
} from '../console.ts';

let operator: Staff;
test.beforeAll(async () => {
  operator = await addStaff('operator');
});

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

test('a product is made with options, gets a picture, and goes on sale', async ({ page }) => {
  const mark = unique();
  const title = `Gate hook ${mark}`;
  await openConsole(page, operator);
  await page.goto('/console/products/create');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByText('Give a name.')).toBeVisible();

  await page.getByLabel('Name').fill(title);
  await page.getByLabel('Description', { exact: true }).fill('Keeps a gate open in the wind.');
  await choose(page, page.getByRole('combobox', { name: 'Categories' }), /\S/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add an option' }).click();
  await page.getByLabel('Option', { exact: true }).fill('Length');
  for (const value of ['100 mm', '150 mm']) {
    await page.getByLabel('Values of Length').fill(value);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Add the 2 missing variants' }).click();
  await page.getByLabel('Price of 100 mm', { exact: true }).fill('4.35');
  await page.getByRole('button', { name: 'First price for all' }).click();
  await expect(page.getByLabel('Price of 150 mm', { exact: true })).toHaveValue('4.35');
  await page.getByLabel('SKU of 100 mm').fill(`HOOK-${mark}-100`);
  await page.getByLabel('SKU of 150 mm').fill(`HOOK-${mark}-150`);
  await page.getByRole('button', { name: 'Create', exact: true }).click();

  await expectHeading(page, title);
  await expect(page).toHaveURL(/tab=images/);
  await page.getByTestId('file-input').setInputFiles({
    name: 'gate-hook.png',
    mimeType: 'image/png',
    buffer: await picture(page),
  });
  await page.getByLabel(/^gate-hook\.png/).fill('A black gate hook');
  await page.getByRole('button', { name: 'Upload' }).click();
  const pictures = page.getByRole('list', { name: 'Pictures in order' });
  await expect(pictures.getByRole('img', { name: 'A black gate hook' })).toBeVisible({ timeout: 45_000 });

  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Active', exact: true }).click();
  await save(page);
  await expect(news(page)).toContainText('is saved');
  const shop = await page.context().newPage();
  const path = await page.getByRole('link', { name: 'See it in the shop' }).getAttribute('href');
  await shop.goto(path ?? '');
  await expectHeading(shop, title);
});

test('a file that is no picture is refused with the reason', async ({ page }) => {
  await openConsole(page, operator);
  const { id } = await makeProduct(page);
  await page.goto(`/console/products/${id}?tab=images`);
  await page.getByTestId('file-input').setInputFiles({
    name: 'photo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
  });
  await page.getByLabel(/^photo\.png/).fill('A page in disguise');
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'photo.png was not taken' })).toBeVisible({
    timeout: 45_000,
  });
  await expect(page.getByRole('list', { name: 'Pictures in order' }).getByRole('listitem')).toHaveCount(0);
});

test('two editors: the second sees the difference and loses nothing', async ({ page, browser }) => {
  await openConsole(page, operator);
  const { id } = await makeProduct(page);
  const otherPage = await (await browser.newContext()).newPage();
  await openConsole(otherPage, await addStaff('operator'));

  for (const editor of [page, otherPage]) {
    await editor.goto(`/console/products/${id}`);
    await expect(editor.getByLabel('Name')).toHaveValue(/Test anvil/);
  }
  await otherPage.getByLabel('Name').fill('The other’s name');
  await otherPage.getByLabel('Description', { exact: true }).fill('The other’s words.');
  await save(otherPage);
  await expect(news(otherPage)).toContainText('is saved');

  await page.getByLabel('Name').fill('My name');
  await save(page);
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this meanwhile' });
  const name = dialog.getByRole('radiogroup', { name: 'Name' });
  await expect(name).toContainText('Both of you changed this');
  await expect(name.getByRole('radio', { name: /Yours/ })).toContainText('My name');
  await expect(name.getByRole('radio', { name: /Theirs/ })).toContainText('The other’s name');
  const words = dialog.getByRole('radiogroup', { name: 'Description' });
  await expect(words.getByRole('radio', { name: /Theirs/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await expectHeading(page, 'My name');
  const { body } = await api<{ title: string; description: string; version: number }>(
    page,
    'GET',
    `/products/${id}`,
  );
  expect(body).toMatchObject({ title: 'My name', description: 'The other’s words.', version: 3 });

  // The other is the second now, and gives in.
  await otherPage.getByLabel('Name').fill('Once more');
  await save(otherPage);
  await otherPage.getByRole('button', { name: 'Discard mine and reload' }).click();
  await expect(otherPage.getByRole('textbox', { name: 'Name' })).toHaveValue('My name');
});

test('what the API objects to stands at its field', async ({ page }) => {
  await openConsole(page, operator);
  const taken = await makeProduct(page);
  const { id } = await makeProduct(page);
  await page.goto(`/console/products/${id}`);
  await page.getByRole('tab', { name: 'Options and variants' }).click();
  const sku = page.getByLabel(/^SKU of/);
  await sku.fill(taken.sku);
  await page.getByRole('tab', { name: 'Details' }).click();
  await save(page);
  // Led to the tab that it is on.
  await expect(page.getByRole('tab', { name: /Options and variants/, selected: true })).toContainText(
    'has errors',
  );
  await expect(sku).toHaveAttribute('aria-invalid', 'true');
});

test('several products are repriced at once, with a preview and a result for each', async ({ page }) => {
  await openConsole(page, operator);
  const mark = unique();
  const title = `Bulk ${mark}`;
  await makeProduct(page, { title: `${title} one` });
  await makeProduct(page, { title: `${title} two` });
  await page.goto('/console/products');
  await page.getByLabel('Find').fill(title);
  await expect(page).toHaveURL(/filter=/);
  await expect(page.getByRole('link', { name: title })).toHaveCount(2);
  await page.getByLabel('Select all rows').check();
  await page.getByRole('button', { name: 'Change prices' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Per cent').fill('10');
  await expect(dialog.getByRole('row', { name: `${title} one £18.99 £20.89` })).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply to 2' }).click();
  await expect(dialog.getByRole('status')).toContainText('All 2 are changed.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('£20.89')).toHaveCount(2);
});

test('pictures change places by keyboard', async ({ page }) => {
  await openConsole(page, operator);
  const { id } = await makeProduct(page);
  await page.goto(`/console/products/${id}?tab=images`);
  const buffer = await picture(page, 'image/jpeg');
  await page
    .getByTestId('file-input')
    .setInputFiles(
      ['first', 'second'].map((name) => ({ name: `${name}.jpg`, mimeType: 'image/jpeg', buffer })),
    );
  await page.getByLabel(/^first\.jpg/).fill('Picture A');
  await page.getByLabel(/^second\.jpg/).fill('Picture B');
  await page.getByRole('button', { name: 'Upload 2' }).click();
  const alts = () =>
    page
      .getByRole('list', { name: 'Pictures in order' })
      .getByRole('img')
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).alt));
  await expect.poll(async () => (await alts()).length, { timeout: 45_000 }).toBe(2);
  const before = await alts();
  await page.getByRole('button', { name: 'Move picture 2 earlier' }).focus();
  await page.keyboard.press('Enter');
  expect(await alts()).toEqual([...before].reverse());
  await save(page);
  await expect(news(page)).toContainText('is saved');
  const { body } = await api<{ images: { alt: string }[] }>(page, 'GET', `/products/${id}`);
  expect(body.images.map(({ alt }) => alt)).toEqual([...before].reverse());
});
