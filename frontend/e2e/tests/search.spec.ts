import { expect, type Page, test } from '@playwright/test';
import { findProduct, tabTo } from '../shop.ts';

const box = (page: Page) => page.getByRole('combobox', { name: 'Search the shop' });
const total = async (page: Page) =>
  Number.parseInt((await page.getByTestId('total').textContent()) ?? '', 10);

test('suggestions are gone through with the arrow keys, and Enter opens one', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, box(page));
  await page.keyboard.type('door kno', { delay: 20 });
  const options = page.getByRole('option');
  await expect(options.first()).toBeVisible();
  await expect(box(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(options.first()).toBeHidden();
  await expect(box(page)).toHaveValue('door kno');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/products\/.*door/);
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
});

test('Enter alone searches, and the words stand out in what was found', async ({ page }) => {
  await page.goto('/');
  await box(page).fill('hammer');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=hammer$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“hammer”');
  const first = page.getByRole('article').first();
  await expect(first).toContainText(/hammer/i);
  await expect(first.locator('mark')).toContainText(/hammer/i);
  await expect(box(page)).toHaveValue('hammer');
});

test('a misspelt word still finds', async ({ page }) => {
  await page.goto('/search?q=hamer');
  await expect(
    page
      .getByRole('article')
      .filter({ hasText: /hammer/i })
      .first(),
  ).toBeVisible();
});

test('filters are in the address: they survive a reload, going back, and are taken off by their chips', async ({
  page,
}) => {
  await page.goto('/products');
  await expect(page.getByRole('article').first()).toBeVisible();
  const everything = await total(page);
  await page.getByRole('checkbox', { name: /^In stock/ }).check();
  await expect(page).toHaveURL(/inStock=true/);
  await expect.poll(() => total(page)).toBeLessThan(everything);
  const inStock = await total(page);
  await page.getByLabel('From £', { exact: true }).fill('10');
  await page.getByLabel('To £', { exact: true }).fill('25.50');
  await page.getByRole('button', { name: 'Set the price range' }).click();
  await expect(page).toHaveURL(/minPrice=1000&maxPrice=2550/);
  const chips = page.getByRole('list', { name: 'Filters that are set' });
  await expect(chips.getByRole('link', { name: /£10\.00 to £25\.50/ })).toBeVisible();
  await expect.poll(() => total(page)).toBeLessThan(inStock);
  const filtered = await total(page);

  await page.reload();
  await expect(page.getByRole('checkbox', { name: /^In stock/ })).toBeChecked();
  await expect.poll(() => total(page)).toBe(filtered);

  await page.getByRole('article').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/products\/.+/);
  await page.goBack();
  await expect.poll(() => total(page)).toBe(filtered);

  await chips.getByRole('link', { name: /£10/ }).click();
  await expect(page).not.toHaveURL(/minPrice/);
  await chips.getByRole('link', { name: 'Clear all' }).click();
  await expect.poll(() => total(page)).toBe(everything);
  await expect(chips).toBeHidden();
});

test('a filter set with the keyboard keeps the focus and says what is left', async ({ page }) => {
  await page.goto('/products');
  const inStock = page.getByRole('checkbox', { name: /^In stock/ });
  await tabTo(page, page.getByLabel('From £', { exact: true }));
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/minPrice=2000/);
  await expect(page.getByTestId('announcer')).toContainText(/product/);
  await inStock.focus();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/inStock=true/);
  await expect(inStock).toBeFocused();
});

test('the order is in the address too', async ({ page }) => {
  await page.goto('/products');
  await page.getByLabel('Order').selectOption('Price, lowest first');
  await expect(page).toHaveURL(/sort=price$/);
  await expect(page.getByRole('list').filter({ has: page.getByRole('article') })).toHaveAttribute(
    'aria-busy',
    'false',
  );
  const prices = (await page.getByRole('article').allInnerTexts()).map((text) =>
    Number.parseFloat((/£([\d,.]+)/.exec(text)?.[1] ?? '').replace(',', '')),
  );
  expect(prices.length).toBeGreaterThan(3);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
});

test('on a phone the filters are a sheet that gives the focus back', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/products');
  const open = page.getByRole('button', { name: /^Filters/ });
  await open.click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.getByRole('checkbox', { name: /^In stock/ }).check();
  await expect(page).toHaveURL(/inStock=true/);
  await sheet.getByRole('button', { name: /^Show .*product/ }).click();
  await expect(sheet).toBeHidden();
  await expect(open).toHaveText(/\(1\)/);
  await open.click();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(open).toBeFocused();
});

test('a department leads to the categories below it, and a product back up', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Shop' }).click();
  await page
    .getByRole('navigation', { name: 'Departments', exact: true })
    .getByRole('link', { name: 'Tools and hardware' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tools and hardware' })).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Categories' })
    .getByRole('link', { name: /^Hand tools/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hand tools' })).toBeVisible();
  await page.getByRole('article').first().getByRole('link').click();
  const crumbs = page.getByRole('navigation', { name: 'Breadcrumb' });
  await expect(crumbs.getByRole('link')).toHaveText(['Shop', 'Tools and hardware', 'Hand tools']);
});

test('a product tells search engines what it is, and nothing is refused by the security policy', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const { id, slug } = await findProduct(page);
  await page.goto(`/products/${id}`);
  await expect(page).toHaveURL(new RegExp(`/products/${slug}$`));
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', new RegExp(`/products/${slug}$`));
  const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
  const types = blocks.map((block) => (JSON.parse(block) as { '@type': string })['@type']);
  expect(types).toEqual(['Product', 'BreadcrumbList']);
  expect(complaints).toEqual([]);
});
