import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../accessible.ts';
import { addStaff, expectHeading, openConsole, type Staff, unique } from '../console.ts';
import { ADDRESS } from '../paced.ts';
import { makeSellable, PLANNING_TIMEOUT_MS, simulated } from '../suppliers.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Asks the partners' API as a partner's program. */
async function partner<T>(page: Page, key: string, method: string, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ({ secret, verb, address, sent }) => {
      const answer = await fetch(`/api/partner${address}`, {
        method: verb,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(sent && { body: sent }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${verb} ${address} answered ${answer.status}: ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    { secret: key, verb: method, address: path, sent: body && JSON.stringify(body) },
  ) as Promise<T>;
}

const rows = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

async function takeKey(page: Page): Promise<string> {
  const key = (await page.getByTestId('partner-key').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  return key;
}

async function makeKey(page: Page, name: string): Promise<string> {
  await page.goto('/console/partner-keys');
  await page.getByRole('button', { name: 'Make a key' }).first().click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('checkbox', { name: /^Place orders/ }).check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  return takeKey(page);
}

test('a partner’s key is replaced: the new one has the same partner’s callback', async ({ page }) => {
  const name = `Counter ${unique()}`;
  const address = `${simulated()}/inbox`;
  await openConsole(page, admin);
  const old = await makeKey(page, name);
  await partner(page, old, 'PUT', '/callback', { url: address });
  await page.reload();
  await expect(rows(page, name)).toContainText('Callback set');
  await expect(rows(page, name)).toContainText(new URL(address).hostname);

  await rows(page, name)
    .getByRole('button', { name: /^Replace/ })
    .click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue(name);
  await expect(page.getByRole('checkbox', { name: /^Place orders/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make the new key' }).click();
  const fresh = await takeKey(page);
  expect(fresh).not.toBe(old);
  expect(await partner<{ url: string }>(page, fresh, 'GET', '/callback')).toMatchObject({ url: address });
  await expect(rows(page, name)).toHaveCount(2);
  await expect(rows(page, name).first()).toContainText('for the same partner as');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test('an order of a partner says whose it is and what the partner calls it, and the partner hears of it', async ({
  page,
}) => {
  test.slow();
  const name = `Channel ${unique()}`;
  const reference = `REF-${unique()}`;
  await openConsole(page, admin);
  const { sku } = await makeSellable(page);
  const key = await makeKey(page, name);
  const order = {
    reference,
    email: 'ada@example.org',
    shippingAddress: ADDRESS,
    lines: [{ sku, quantity: 1 }],
  };
  await partner(page, key, 'PUT', '/callback', { url: `${simulated()}/inbox` });
  await partner(page, key, 'POST', '/orders', { orders: [order] });
  const seen = () => partner<{ orderId: string; status: string }>(page, key, 'GET', `/orders/${reference}`);
  await expect.poll(async () => (await seen()).status, { timeout: PLANNING_TIMEOUT_MS }).not.toBe('received');
  const { orderId } = await seen();
  await page.goto(`/console/attention/${orderId}/show`);
  await expectHeading(page, /^Order /);
  await expect(page.getByRole('region', { name: 'Customer' })).toContainText(`${name}, as ${reference}`);

  await expect(async () => {
    await page.goto('/console/partner-keys');
    await expect(rows(page, name)).toContainText('Callback works', { timeout: 5000 });
  }).toPass({ timeout: PLANNING_TIMEOUT_MS });
});
