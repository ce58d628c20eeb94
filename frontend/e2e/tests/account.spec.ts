import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import {
  addAddress,
  authenticatorCode,
  codeFor,
  fillSignIn,
  newEmail,
  PASSWORD,
  signIn,
  signOut,
  signUp,
} from '../account.ts';
import { tabTo } from '../shop.ts';

test('an account is opened with the keyboard alone, and a wrong code says so', async ({ page }) => {
  const email = newEmail();
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: 'Sign in' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Open an account' }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByLabel('Email address'));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/at least 12/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAccessibleDescription(/not right/);
  await expect(code).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(await codeFor(email));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(email);
});

test('the password never leaves the browser when somebody signs in', async ({ page }) => {
  const email = await signUp(page);
  await signOut(page);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await signIn(page, email);
  expect(sent.join('\n')).toContain('SRP_A');
  expect(sent.join('\n')).not.toContain(PASSWORD);
});

test('signing out revokes the session, and the browser is a guest’s again', async ({ page }) => {
  await signUp(page);
  const session = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith('.refreshToken')) ?? '';
    return { token: localStorage.getItem(key) ?? '', client: key.split('.')[1] ?? '' };
  });
  await signOut(page);
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('Cognito');
  const answer = await page.evaluate(async ({ token, client }) => {
    const { cognitoEndpoint } = (await (await fetch('/config.json')).json()) as { cognitoEndpoint: string };
    const response = await fetch(cognitoEndpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
      },
      body: JSON.stringify({ ClientId: client, RefreshToken: token }),
    });
    return { status: response.status, body: await response.text() };
  }, session);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('NotAuthorized');
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
});

test('a page that needs an account comes after signing in', async ({ page }) => {
  const email = await signUp(page);
  await signOut(page);
  await page.goto('/account/addresses');
  await fillSignIn(page, email, 'not the password');
  await expect(page.getByRole('alert')).toContainText('do not go together');
  await fillSignIn(page, email);
  await expect(page.getByRole('heading', { level: 1, name: 'Your addresses' })).toBeVisible();
});

test('two tabs are signed in and out together', async ({ page, context }) => {
  await signUp(page);
  const other = await context.newPage();
  await other.goto('/account');
  await expect(other.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
  await signOut(page);
  await expect(other).toHaveURL(/\/sign-in/);
});

test('a forgotten password is replaced by a new one', async ({ page }) => {
  const email = await signUp(page);
  await signOut(page);
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  await expect(page.getByLabel('Email address')).toHaveValue(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeVisible();
  await code.fill(await codeFor(email));
  await page.getByLabel('New password', { exact: true }).fill('another few plain words');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Sign in with the new one').first()).toBeVisible();
  await signIn(page, email, 'another few plain words');
});

test('a password is changed by whoever knows the present one', async ({ page }) => {
  const email = await signUp(page);
  await page.getByLabel('Present password', { exact: true }).fill('not the password');
  await page.getByLabel('New password', { exact: true }).fill('another few plain words');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByLabel('Present password', { exact: true })).toHaveAccessibleDescription(
    /not your present/,
  );
  await page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByTestId('announcer')).toContainText('Your password is changed');
  await signOut(page);
  await signIn(page, email, 'another few plain words');
});

test('a second step is set up with an authenticator, asked for, and turned off', async ({ page }) => {
  const email = await signUp(page);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: 'QR code for your authenticator' })).toBeVisible();
  const key = (await page.getByRole('main').locator('code').textContent()) ?? '';
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/not right/);
  await page.getByLabel('Code', { exact: true }).fill(authenticatorCode(key));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByRole('button', { name: 'Turn it off' })).toBeVisible();

  await signOut(page);
  await page.goto('/sign-in');
  await fillSignIn(page, email);
  await page.getByLabel('Code', { exact: true }).fill(authenticatorCode(key));
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect(page.getByRole('button', { name: 'Set it up' })).toBeVisible();
});

test('name and consent are kept, over a reload too', async ({ page }) => {
  await signUp(page);
  await page.getByLabel('Name').fill('Ada Farrier');
  await page.getByLabel(/Tell me by email/).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('announcer')).toContainText('Saved.');
  await page.reload();
  await expect(page.getByLabel('Name')).toHaveValue('Ada Farrier');
  await expect(page.getByLabel(/Tell me by email/)).toBeChecked();
});

test('the address book is written, changed and emptied', async ({ page }) => {
  await signUp(page);
  await addAddress(page);
  await addAddress(page, 'Tipton');
  const dudley = page.getByRole('article').filter({ hasText: 'Dudley' });
  await expect(dudley).toContainText('Used first');
  await page
    .getByRole('button', { name: /^Change.*Anvil Row/ })
    .last()
    .click();
  await page.getByLabel('Postcode').fill('x'.repeat(40));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Postcode')).toBeFocused();
  await page.getByLabel('Postcode').fill('DY4 7AA');
  await page.getByLabel('The one that a checkout begins with').check();
  await page.getByRole('button', { name: 'Save' }).click();
  const tipton = page.getByRole('article').filter({ hasText: 'Tipton' });
  await expect(tipton).toContainText('DY4 7AA');
  await expect(tipton).toContainText('Used first');
  await expect(dudley).not.toContainText('Used first');
  await dudley.getByRole('button', { name: /^Remove/ }).click();
  await dudley.getByRole('button', { name: /^Yes, remove it/ }).click();
  await expect(dudley).toBeHidden();
});

test('everything that is held about somebody comes as a file', async ({ page }) => {
  const email = await signUp(page);
  await addAddress(page);
  await page.goto('/account');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const file = await (await download).path();
  const text = await readFile(file, 'utf8');
  expect(() => JSON.parse(text)).not.toThrow();
  expect(text).toContain(email);
  expect(text).toContain('12 Anvil Row');
});

/** The deletion waits for a minute before it begins. */
const DELETION_TIMEOUT_MS = 120_000;

test('an account is deleted once its address is typed, and opens no more', async ({ page }) => {
  test.setTimeout(DELETION_TIMEOUT_MS + 60_000);
  const email = await signUp(page);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  const confirm = page.getByLabel('Type your email address to confirm');
  await expect(confirm).toBeFocused();
  await confirm.fill('somebody@example.org');
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(confirm).toHaveAccessibleDescription(/not the address/);
  await confirm.fill(email);
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(page.getByText('Your account is being deleted.').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  // A worker takes the login away: until it has, signing in still leads to an account that is closed.
  await expect(async () => {
    await page.evaluate(() => localStorage.clear());
    await page.goto('/sign-in');
    await fillSignIn(page, email);
    await expect(page.getByRole('alert')).toContainText('do not go together', { timeout: 3_000 });
  }).toPass({ timeout: DELETION_TIMEOUT_MS });
});
