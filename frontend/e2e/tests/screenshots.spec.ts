import { type Page, test } from '@playwright/test';
import { takePictures } from '../accessible.ts';
import { ACCEPTED_CARD, expectStatus, FULFILMENT_TIMEOUT_MS, placeOrder } from '../shop.ts';
import { payFor, STOPS } from '../stops.ts';

const MORE = [
  {
    name: 'order-fulfilled',
    open: async (page: Page) => {
      await placeOrder(page);
      await payFor(page, ACCEPTED_CARD);
      await expectStatus(page, 'fulfilled', { timeout: FULFILMENT_TIMEOUT_MS });
    },
  },
  {
    name: 'docs',
    open: async (page: Page) => {
      await page.goto('/docs/');
      await page.getByText('/api/products').first().waitFor();
    },
  },
];

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, open } of [...STOPS, ...MORE]) {
  test(`picture of ${name}`, async ({ page }) => {
    await open(page);
    await takePictures(page, name, { widths: [1440, 390], fullPage: name !== 'docs' });
  });
}
