import { expect, type Page, test } from '@playwright/test';
import { signUp } from '../account.ts';
import { addStaff, api, openConsole, unique } from '../console.ts';
import { ACCEPTED_CARD, expectStatus, pay, placeMyOrder } from '../shop.ts';

/** A buyer's review with a link in it, which therefore waits. */
async function writeReview(page: Page, title: string): Promise<string> {
  await signUp(page);
  const slug = await placeMyOrder(page);
  await pay(page, ACCEPTED_CARD);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
  await page.goto(`/products/${slug}`);
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '4 of 5 stars' }).check();
  await page.getByLabel('In a few words').fill(title);
  await page.getByLabel('How is it?').fill('See https://example.org/mine for more.');
  await page.getByRole('button', { name: 'Publish the review' }).click();
  await expect(page.getByTestId('announcer')).toContainText(/review/i);
  return slug;
}

test('a review that waits is published, and hidden again with a note', async ({ page, browser }) => {
  test.slow();
  const title = `With a link ${unique()}`;
  const shopper = await (await browser.newContext()).newPage();
  const slug = await writeReview(shopper, title);

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
