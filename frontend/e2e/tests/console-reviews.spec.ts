import { expect, test } from '@playwright/test';
import { addStaff, api, openConsole, unique } from '../console.ts';
import { writeReview } from '../reviews.ts';

test('a review that waits is published, and hidden again with a note', async ({ page, browser }) => {
  test.slow();
  const title = `With a link ${unique()}`;
  const review = { stars: 4, title, body: 'See https://example.org/mine for more.' };
  const shopper = await (await browser.newContext()).newPage();
  const slug = await writeReview(shopper, review, /review/i);

  await openConsole(page, await addStaff('operator'));
  await page.goto('/console/reviews');
  await page.getByRole('button', { name: `Publish: ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText(title)).toHaveCount(0);
  await shopper.goto(`/products/${slug}`);
  await expect(shopper.getByText(title).first()).toBeVisible();

  await page.getByRole('button', { name: 'Published', exact: true }).click();
  await page.getByRole('button', { name: `Hide: ${title}` }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('Advertising.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hide' }).click();
  await page.getByRole('button', { name: 'Hidden', exact: true }).click();
  const card = page.getByRole('listitem').filter({ hasText: title });
  await expect(card).toContainText('Advertising.');

  // A second look at the same version is told that it is one.
  const { body } = await api<{ items: { id: string; title: string; version: number }[] }>(
    page,
    'GET',
    '/reviews?status=hidden',
  );
  expect(body.items.find((review) => review.title === title)?.version).toBeGreaterThan(1);
});
