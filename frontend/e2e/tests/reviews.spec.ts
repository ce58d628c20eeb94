import { expect, test } from '@playwright/test';
import { signUp } from '../account.ts';
import { becomeBuyer, writeReview } from '../reviews.ts';
import { findProduct, tabTo } from '../shop.ts';

test('who has not bought a thing cannot review it, and a guest is asked to sign in', async ({ page }) => {
  const { slug } = await findProduct(page);
  await page.goto(`/products/${slug}`);
  const reviews = page.getByRole('region', { name: 'Reviews' });
  await expect(reviews.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await signUp(page);
  await page.goto(`/products/${slug}`);
  await expect(reviews).toContainText(/b[ou]+[gy]/i);
  await expect(reviews.getByRole('button', { name: 'Write a review' })).toHaveCount(0);
});

test('a buyer writes a review with the keyboard, changes it and takes it back', async ({ page }) => {
  const slug = await becomeBuyer(page);

  const words = `Holds what it is hung with ${Date.now()}`;
  await tabTo(page, page.getByRole('button', { name: 'Write a review' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { checked: true })).toHaveValue('4');
  await tabTo(page, page.getByLabel('In a few words'));
  await page.keyboard.type(words);
  await tabTo(page, page.getByLabel('How is it?'));
  await page.keyboard.type('It has not moved since.');
  await tabTo(page, page.getByRole('button', { name: 'Publish the review' }));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('announcer')).toContainText('your review is published');

  const published = page.getByRole('listitem').filter({ hasText: words });
  await expect(published).toContainText('Bought here');
  await expect(published.getByRole('img', { name: '4 of 5 stars' })).toBeVisible();

  await page.getByRole('button', { name: /^Change the review/ }).click();
  await page.getByRole('radio', { name: '5 of 5 stars' }).check();
  await page.getByRole('button', { name: 'Save the review' }).click();
  await expect(published.getByRole('img', { name: '5 of 5 stars' })).toBeVisible();
  await expect(published).toContainText('changed since');

  await page.goto('/account/reviews');
  const mine = page.getByRole('article').filter({ hasText: words });
  await mine.getByRole('button', { name: /^Remove/ }).click();
  await mine.getByRole('button', { name: /^Yes, remove it/ }).click();
  await expect(page.getByRole('heading', { name: 'None yet' })).toBeVisible();
  await page.goto(`/products/${slug}`);
  await expect(page.getByRole('button', { name: 'Write a review' })).toBeVisible();
  await expect(page.getByText(words)).toHaveCount(0);
});

test('a review with a link waits for a person', async ({ page }) => {
  const body = 'Look at https://example.org/offers before you buy.';
  await writeReview(page, { stars: 1, title: 'Cheaper elsewhere', body }, 'before it shows');
  await expect(page.getByRole('region', { name: 'Reviews' })).toContainText('A person looks at it');
});
