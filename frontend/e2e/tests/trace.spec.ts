import { expect, type Request, test } from '@playwright/test';
import { ACCEPTED_CARD, expectStatus, findProduct, pay, placeOrder } from '../shop';

/** The trace that a request says it belongs to. */
async function traceOf(request: Request): Promise<string | undefined> {
  return (await request.headerValue('traceparent'))?.split('-')[1];
}

test('placing an order and paying it is one trace, and the answers say which', async ({ page }) => {
  const answer = (ending: RegExp) =>
    page.waitForResponse((response) => response.request().method() === 'POST' && ending.test(response.url()));
  const [placed] = await Promise.all([answer(/\/api\/orders$/), placeOrder(page)]);
  const [paid] = await Promise.all([answer(/\/payments$/), pay(page, ACCEPTED_CARD)]);
  await expectStatus(page, /paid|fulfilling|fulfilled/);

  const trace = await traceOf(placed.request());
  expect(trace).toMatch(/^[0-9a-f]{32}$/);
  expect(await traceOf(paid.request())).toBe(trace);
  expect(await placed.headerValue('x-trace-id')).toBe(trace);
  expect(await paid.headerValue('x-trace-id')).toBe(trace);
});

test('a failure of the shop names the reference that it is found by', async ({ page }) => {
  const product = await findProduct(page);
  await page.goto(`/products/${product.slug}`);
  let asked: string | undefined;
  await page.route('**/api/carts', async (route) => {
    asked = await traceOf(route.request());
    await route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: { type: '/problems/unavailable', status: 503, detail: 'the shop is busy', traceId: asked },
    });
  });
  await page.getByRole('button', { name: 'Add to cart' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Reference:' });
  await expect(alert).toContainText('The shop is busy.');
  await expect(alert).toContainText(`Reference: ${asked}.`);
});
