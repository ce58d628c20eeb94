import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

interface Mail {
  To: string[];
  BodyText: string;
}

/** The code in the latest message to an address, out of the local stack's mailbox. */
export async function codeFor(email: string): Promise<string> {
  const outputs = JSON.parse(readFileSync(process.env.IRONMONGER_OUTPUTS ?? '', 'utf8')) as {
    mailbox: string;
  };
  const { messages } = (await (await fetch(outputs.mailbox)).json()) as { messages: Record<string, Mail[]> };
  const latest = Object.values(messages)
    .flat()
    .findLast(({ To }) => To.includes(email));
  const code = /\b\d{6}\b/.exec(latest?.BodyText ?? '')?.[0];
  if (!code) throw new Error(`There is no code for ${email} in the mailbox.`);
  return code;
}

export const PASSWORD = 'plain words make a good one';

/** An address that nobody has used before. */
export function newEmail(): string {
  return `shopper-${randomUUID().slice(0, 13)}@example.org`;
}

/** Opens an account by the shop's own page, and is signed in with it. */
export async function signUp(page: Page, email = newEmail()): Promise<string> {
  await page.goto('/sign-up');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open the account' }).click();
  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeVisible();
  await code.fill(await codeFor(email));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
  return email;
}

/** Fills in the page for signing in, and sends it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  // The page that leads here may ask for an address as well.
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.').first()).toBeVisible();
}

/** Writes an address into the address book by its page. */
export async function addAddress(page: Page, city = 'Dudley'): Promise<void> {
  await page.goto('/account/addresses');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('Full name').fill('Ada Farrier');
  await page.getByLabel('Address line 1').fill('12 Anvil Row');
  await page.getByLabel('Town or city').fill(city);
  await page.getByLabel('Postcode').fill('DY1 4PX');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('article').filter({ hasText: city })).toBeVisible();
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator shows for a key: RFC 6238, six digits, 30 seconds. */
export function authenticatorCode(key: string, now = Date.now()): string {
  const bits = [...key].map((character) => BASE32.indexOf(character).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = hash.readUInt8(19) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
