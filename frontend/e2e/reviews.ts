import { expect, type Page } from '@playwright/test';
import { signUp } from './account.ts';
import { ACCEPTED_CARD, expectStatus, pay, placeMyOrder } from './shop.ts';

/** Somebody new who has paid for a product, on its page; returns the product's slug. */
export async function becomeBuyer(page: Page): Promise<string> {
  await signUp(page);
  const slug = await placeMyOrder(page);
  await pay(page, ACCEPTED_CARD);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
  await page.goto(`/products/${slug}`);
  return slug;
}

/** A buyer's review; `said` is what the page announces of it. */
export async function writeReview(
  page: Page,
  { stars, title, body }: { stars: number; title: string; body: string },
  said: string | RegExp,
): Promise<string> {
  const slug = await becomeBuyer(page);
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: `${stars} of 5 stars` }).check();
  await page.getByLabel('In a few words').fill(title);
  await page.getByLabel('How is it?').fill(body);
  await page.getByRole('button', { name: 'Publish the review' }).click();
  await expect(page.getByTestId('announcer')).toContainText(said);
  return slug;
}
