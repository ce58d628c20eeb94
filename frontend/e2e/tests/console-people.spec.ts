import { expect, test } from '@playwright/test';
import { addStaff, api, makeProduct, news, openConsole, type Staff, unique } from '../console.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

test('an admin invites somebody, makes them an admin and removes them', async ({ page }) => {
  const email = `new-${unique()}@example.org`;
  await openConsole(page, admin);
  await page.goto('/console/staff');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const member = page.getByRole('listitem').filter({ hasText: email });
  await expect(member).toContainText('Invited');
  await expect(member).toContainText('Operator');

  await member.getByRole('button', { name: /^Change group/ }).click();
  await dialog.getByRole('radio', { name: /^Admin/ }).check();
  await dialog.getByRole('button', { name: 'Change' }).click();
  await expect(member).toContainText('Admin');

  await member.getByRole('button', { name: /^Remove/ }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(member).toHaveCount(0);

  const self = page.getByRole('listitem').filter({ hasText: admin.email });
  await expect(self.getByRole('button', { name: /^Remove/ })).toBeDisabled();
});

test('a partner’s key is shown once, and opens nothing once revoked', async ({ page }) => {
  const name = `Partner ${unique()}`;
  await openConsole(page, admin);
  await page.goto('/console/partner-keys');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = (await page.getByTestId('partner-key').textContent()) ?? '';
  expect(key).toMatch(/^imk_/);
  const status = () =>
    page.evaluate(async (secret) => {
      const headers = { authorization: `Bearer ${secret}` };
      return (await fetch('/api/partner/key', { headers })).status;
    }, key);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  expect(await status()).toBe(200);

  const row = page.getByRole('listitem').filter({ hasText: name });
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  expect(await status()).toBe(401);
});

test('the audit trail tells who changed what, from what to what', async ({ page }) => {
  await openConsole(page, admin);
  const { id, title } = await makeProduct(page);
  await page.goto(`/console/products/${id}`);
  await page.getByLabel('Name').fill(`${title} renamed`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(news(page)).toContainText('is saved');
  await page.getByRole('tab', { name: 'History' }).click();
  const entry = page.getByRole('tabpanel', { name: 'History' }).getByRole('listitem').first();
  await expect(entry).toContainText('Product updated');
  await expect(entry).toContainText(admin.email);
  await expect(entry.getByRole('deletion').filter({ hasText: title })).toBeVisible();
  await expect(entry.getByRole('insertion').filter({ hasText: `${title} renamed` })).toBeVisible();

  await page.goto('/console/audit');
  await page.getByLabel('About').fill(`product:${id}`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Product created' })).toHaveCount(1);
});

test('customers are found by the beginning of their address', async ({ page }) => {
  await openConsole(page, admin);
  const { body } = await api<{ items: { email: string }[] }>(page, 'GET', '/customers');
  const [customer] = body.items;
  await page.goto('/console/customers');
  await page.getByLabel('Email begins with').fill(customer?.email.slice(0, 6) ?? 'nobody');
  if (customer) {
    // Several may begin so, and accounts of old tests may share an address.
    await page.getByRole('link', { name: customer.email }).first().click();
    await expect(page.getByRole('region', { name: 'Profile' })).toContainText(customer.email);
  } else await expect(page.getByText('Nothing matches')).toBeVisible();
});
