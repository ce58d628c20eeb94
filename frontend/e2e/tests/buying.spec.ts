import { expect, test } from '@playwright/test';
import {
  ACCEPTED_CARD,
  DECLINED_CARD,
  details,
  expectStatus,
  FULFILMENT_TIMEOUT_MS,
  field,
  fillCart,
  fillDetails,
  findProduct,
  pay,
  placeOrder,
  tabTo,
} from '../shop.ts';

test('from the landing page to fulfilled with the keyboard alone', async ({ page }) => {
  test.setTimeout(FULFILMENT_TIMEOUT_MS + 90_000);
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: 'Browse the shop' }));
  await page.keyboard.press('Enter');

  const inStock = page.getByRole('article').filter({ hasNotText: 'Sold out' });
  await tabTo(page, inStock.first().getByRole('link'));
  await page.keyboard.press('Enter');

  const add = page.getByRole('button', { name: 'Add to cart' });
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('announcer')).toContainText('Added to your cart');

  await tabTo(page, page.getByRole('link', { name: 'Go to the cart' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Check out' }));
  await page.keyboard.press('Enter');

  for (const [label, value] of Object.entries(details())) {
    await tabTo(page, field(page, label));
    await page.keyboard.type(value);
  }
  await page.keyboard.press('Enter');

  await expectStatus(page, 'pendingPayment');
  await tabTo(page, page.getByLabel('Card number'));
  await page.keyboard.type(ACCEPTED_CARD);
  await page.keyboard.press('Enter');

  await expectStatus(page, /paid|fulfilling|fulfilled/);
  await expectStatus(page, 'fulfilled', { timeout: FULFILMENT_TIMEOUT_MS });
  await expect(page.getByRole('heading', { name: /parcel/ })).toBeVisible();
  await expect(page.getByTestId('announcer')).toContainText('on its way');
});

test('the options of a product are chosen with the arrow keys', async ({ page }) => {
  const { slug } = await findProduct(page, { withOptions: true });
  await page.goto(`/products/${slug}`);
  await tabTo(page, page.getByRole('radio', { checked: true }).first());
  const group = page.getByRole('group').first();
  const before = await group.getByRole('radio', { checked: true }).inputValue();
  await page.keyboard.press('ArrowRight');
  await expect(group.getByRole('radio', { checked: true })).not.toHaveValue(before);
  await expect(page).toHaveURL(/sku=/);
});

test('the API’s field errors stand at their fields, and the first has the focus', async ({ page }) => {
  await fillCart(page);
  await page.goto('/checkout');
  await fillDetails(page, details({ 'Email address': 'not-an-address', Postcode: 'x'.repeat(40) }));
  await page.getByRole('button', { name: /Place order/ }).click();

  const email = field(page, 'Email address');
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription(/e-?mail address/i);
  await expect(field(page, 'Postcode')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Full name')).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2);

  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Postcode/ })
    .click();
  await expect(field(page, 'Postcode')).toBeFocused();

  await fillDetails(page);
  await page.getByRole('button', { name: /Place order/ }).click();
  await expectStatus(page, 'pendingPayment');
});

test('what is missing is said without asking the API', async ({ page }) => {
  await fillCart(page);
  await page.goto('/checkout');
  await page.getByRole('button', { name: /Place order/ }).click();
  await expect(field(page, 'Email address')).toBeFocused();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(Object.keys(details()).length);
});

test('a declined card, then one that is accepted', async ({ page }) => {
  await placeOrder(page);
  await pay(page, DECLINED_CARD);
  await expect(page.getByRole('alert')).toContainText('declined');
  await expectStatus(page, 'pendingPayment');
  await expect(page.getByLabel('Card number')).toBeFocused();

  await pay(page, ACCEPTED_CARD);
  await expectStatus(page, /paid|fulfilling|fulfilled/);
});

test('a number that is no test card never leaves the browser', async ({ page }) => {
  await placeOrder(page);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  await pay(page, '5555 5555 5555 4444');
  await expect(page.getByLabel('Card number')).toHaveAccessibleDescription(/did not send/);
  expect(sent.join('')).not.toContain('5555');
});

test('an answer lost on its way leads to no second order', async ({ page }) => {
  await page.clock.install();
  await page.addInitScript(() => {
    const send = window.fetch;
    let lost = false;
    window.fetch = async (input, init) => {
      const request = new Request(input, init);
      const answer = await send(request);
      if (!lost && request.method === 'POST' && request.url.endsWith('/api/orders')) {
        lost = true;
        throw new TypeError('the connection broke');
      }
      return answer;
    };
  });
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/orders')) {
      keys.push(request.headers()['idempotency-key']);
    }
  });
  await fillCart(page);
  // The checkout's own navigation, not a reload, so that the script loses one answer only.
  await page.getByRole('link', { name: 'Go to the cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await fillDetails(page);
  const submit = page.getByRole('button', { name: /Place order/ });
  await submit.click();
  await expect(page.getByRole('alert')).toContainText('could not be reached');
  // Coming back to the window later loads the cart anew, which the order has taken away: the form stays.
  const reloaded = page.waitForResponse(
    (response) => /\/api\/carts\/[^/]+$/.test(response.url()) && response.status() === 404,
  );
  await page.clock.fastForward('00:30');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await reloaded;
  await submit.click();
  await expectStatus(page, 'pendingPayment');
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('an order opens on another device with its private link, and without it not', async ({
  page,
  browser,
}) => {
  await placeOrder(page);
  const link = page.url();
  expect(link).toContain('#token=');
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expectStatus(other, 'pendingPayment');
  const stranger = await browser.newContext();
  const third = await stranger.newPage();
  await third.goto(link.replace(/#.*/, ''));
  await expect(third.getByRole('heading', { level: 1, name: /private link/ })).toBeVisible();
  await elsewhere.close();
  await stranger.close();
});
