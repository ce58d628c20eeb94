import { expect, type Page, test } from '@playwright/test';
import { addStaff, api, expectHeading, makeProduct, openConsole } from '../console.ts';

async function importFile(page: Page, mode: string, rows: readonly string[]): Promise<void> {
  await page.goto('/console/product-imports/create');
  await page.getByRole('button', { name: mode }).click();
  await page.getByTestId('file-input').setInputFiles({
    name: 'spring.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\r\n')),
  });
  await page.getByRole('button', { name: /^Start the/ }).click();
  await expectHeading(page, 'spring.csv');
}

test('the catalogue comes out as CSV', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const { sku } = await makeProduct(page);
  await page.goto('/console/product-imports');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^products-\d{4}-\d{2}-\d{2}\.csv$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const csv = Buffer.concat(chunks).toString();
  expect(csv.split('\n').filter((line) => line.includes(sku))).toHaveLength(1);
  // One header, however many pages it took.
  const header = csv.split('\r\n')[0] ?? '';
  expect(csv.split(header)).toHaveLength(2);
});

test('a file with mistakes: told by row, and only the good rows applied', async ({ page }) => {
  test.slow();
  await openConsole(page, await addStaff('operator'));
  const product = await makeProduct(page);
  const { body: csv } = await api<string>(page, 'GET', '/product-export');
  const header = csv.split(/\r?\n/)[0] ?? '';
  const names = header.split(',');
  const cells = (values: Record<string, string>) => names.map((name) => values[name] ?? '').join(',');
  const { body: categories } = await api<{ items: { slug: string }[] }>(page, 'GET', '/categories');
  const base = {
    slug: product.slug,
    title: product.title,
    status: 'draft',
    categories: categories.items[0]?.slug ?? '',
    sku: product.sku,
  };
  const rows = [
    header,
    cells({ ...base, price: '21.50' }),
    cells({
      ...base,
      slug: `${product.slug}-b`,
      title: 'Bad price',
      sku: `${product.sku}-B`,
      price: 'cheap',
    }),
  ];

  await importFile(page, 'All or nothing', rows);
  const outcome = (words: string) => page.getByRole('status').filter({ hasText: words });
  await expect(outcome('Nothing was changed: the file has one mistake.')).toBeVisible({ timeout: 60_000 });
  const table = page.getByRole('table', { name: 'What is wrong' });
  await expect(table.getByRole('row').filter({ hasText: 'price' })).toContainText('3');

  await importFile(page, 'Good rows only', rows);
  await expect(outcome('1 changed, 0 as they were; 1 left out for one mistake.')).toBeVisible({
    timeout: 60_000,
  });
  const { body } = await api<{ variants: { price: { amount: number } }[] }>(
    page,
    'GET',
    `/products/${product.id}`,
  );
  expect(body.variants[0]?.price.amount).toBe(2150);

  await page.goto('/console/product-imports');
  await expect(page.getByRole('link', { name: 'spring.csv' }).first()).toBeVisible();
});
