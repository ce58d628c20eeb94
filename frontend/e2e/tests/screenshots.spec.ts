import { type Page, test } from '@playwright/test';
import { ACCEPTED_CARD, expectStatus, FULFILMENT_TIMEOUT_MS, placeOrder } from '../shop.ts';
import { payFor, STOPS } from '../stops.ts';

const WIDTHS = [1440, 390];

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
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width > 800 ? 900 : 844 });
      // A full picture shows what is below the fold too, so nothing may wait for a scroll.
      await page.evaluate(async () => {
        for (const image of document.images) image.loading = 'eager';
        await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
        await document.fonts.ready;
        window.scrollTo(0, 0);
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      });
      await page.screenshot({ path: `screenshots/${name}-${width}.png`, fullPage: name !== 'docs' });
    }
  });
}
