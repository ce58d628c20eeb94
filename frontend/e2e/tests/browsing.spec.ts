import { expect, test } from '@playwright/test';
import { fillCart } from '../shop.ts';

test('a listing grows by "Show more", keeps the focus and survives going back', async ({ page }) => {
  await page.goto('/products');
  const articles = page.getByRole('article');
  await expect(articles).toHaveCount(12);
  const more = page.getByRole('button', { name: 'Show more' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(articles).toHaveCount(24);
  await expect(more).toBeFocused();
  await expect(page.getByTestId('announcer')).toContainText('12 more products shown, 24 in all');
  await expect(page).toHaveURL(/pages=2/);

  await articles.nth(20).getByRole('link').click();
  await expect(page).toHaveURL(/\/products\/.+/);
  await page.goBack();
  await expect(articles).toHaveCount(24);
  await page.reload();
  await expect(articles).toHaveCount(24);
});

test('a line is changed, removed and put back', async ({ page }) => {
  await fillCart(page);
  await page.goto('/cart');
  await page.getByRole('button', { name: /^One more of/ }).click();
  await expect(page.getByText('Subtotal, 2 items')).toBeVisible();
  await page.getByRole('button', { name: /^Remove/ }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();
  await undo.press('Enter');
  await expect(page.getByText('Subtotal, 2 items')).toBeVisible();
  await expect(undo).toBeHidden();
});

test('a cart that has expired is replaced by a new one', async ({ page }) => {
  await fillCart(page);
  await page.evaluate(() => {
    const id = JSON.parse(localStorage.getItem('ironmonger.cart') ?? '""') as string;
    // A well-formed id that no cart has: the other's characters with the last one turned.
    const last = id.endsWith('0') ? '1' : '0';
    localStorage.setItem('ironmonger.cart', JSON.stringify(id.slice(0, -1) + last));
  });
  await page.goto('/cart');
  await expect(page.getByRole('heading', { name: 'Nothing in it yet' })).toBeVisible();
  await fillCart(page);
  await page.goto('/cart');
  await expect(page.getByText('Subtotal, 1 item', { exact: true })).toBeVisible();
});

test('the API reference shows, from this site alone', async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => {
    if (request.url().startsWith('http')) hosts.add(new URL(request.url()).host);
  });
  await page.goto('/docs/');
  const title = await page.evaluate(async () => {
    const response = await fetch('/docs/openapi.json');
    return ((await response.json()) as { info: { title: string } }).info.title;
  });
  await expect(page.getByRole('heading', { name: title }).first()).toBeVisible();
  await expect(page.getByText('/api/products').first()).toBeVisible();
  expect([...hosts]).toEqual([new URL(baseURL ?? '').host]);
});
