import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';

const run = promisify(execFile);

/** Somebody who works in the shop, and the password that they sign in with. */
export interface Staff {
  email: string;
  password: string;
}

export type Group = 'admin' | 'operator';

/** A few letters and digits that nothing else in the shop is called by. */
export function unique(): string {
  return randomUUID().slice(0, 8);
}

async function ironmonger(...words: string[]): Promise<string> {
  const program = process.env.IRONMONGER_CLI;
  if (!program) throw new Error('IRONMONGER_CLI must name the program that makes staff.');
  const { stdout } = await run(program, words);
  return stdout;
}

/** Makes a member of staff who has chosen their password already. */
export async function addStaff(group: Group): Promise<Staff> {
  const staff = { email: `${group}-${unique()}@example.org`, password: 'plain words for the counter' };
  await ironmonger('staff', 'add', staff.email, '--group', group, '--password', staff.password);
  return staff;
}

/** Invites somebody, who then has a temporary password. */
export async function inviteStaff(group: Group): Promise<Staff> {
  const email = `${group}-${unique()}@example.org`;
  const told = await ironmonger('staff', 'add', email, '--group', group);
  const password = /temporary password (\S+)/.exec(told)?.[1];
  if (!password) throw new Error(`There is no temporary password in what was told: ${told}`);
  return { email, password };
}

export async function fillSignIn(page: Page, { email, password }: Staff): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: false }).and(page.locator('input')).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Sessions of those who have signed in before, by address: what the browser keeps of each. */
const sessions = new Map<string, [string, string][]>();

/** How long the console may take to be there for the first time. */
const FIRST_VISIT_MS = 45_000;

/** Opens the console as somebody, who signs in the first time. */
export async function openConsole(page: Page, staff: Staff): Promise<void> {
  const kept = sessions.get(staff.email);
  if (kept) {
    await page.addInitScript((entries) => {
      for (const [key, value] of entries) if (!localStorage.getItem(key)) localStorage.setItem(key, value);
    }, kept);
  }
  await page.goto('/console/');
  if (!kept) {
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible({
      timeout: FIRST_VISIT_MS,
    });
    await fillSignIn(page, staff);
  }
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible({
    timeout: FIRST_VISIT_MS,
  });
  const entries = await page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => key.startsWith('CognitoIdentityServiceProvider.')),
  );
  sessions.set(staff.email, entries);
}

interface ApiAnswer<T> {
  status: number;
  body: T;
}

/** Asks the console's API as whoever is signed in on the page. */
export async function api<T>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer<T>> {
  return page.evaluate(
    async ({ verb, address, sent, more }) => {
      const key = Object.keys(localStorage).find((name) => name.endsWith('.idToken'));
      const answer = await fetch(`/api/console${address}`, {
        method: verb,
        headers: {
          ...more,
          authorization: `Bearer ${key ? localStorage.getItem(key) : ''}`,
          ...(sent ? { 'content-type': 'application/json' } : {}),
        },
        ...(sent ? { body: sent } : {}),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json');
      return { status: answer.status, body: isJson ? JSON.parse(text) : text };
    },
    {
      verb: method,
      address: path,
      sent: body === undefined ? undefined : JSON.stringify(body),
      more: headers,
    },
  ) as Promise<ApiAnswer<T>>;
}

export interface MadeProduct {
  id: string;
  slug: string;
  title: string;
  sku: string;
}

/** The slug of a category that products can stand in. */
export async function someCategory(page: Page): Promise<string> {
  const { body } = await api<{ items: { slug: string }[] }>(page, 'GET', '/categories');
  const [first] = body.items;
  if (!first) throw new Error('The shop has no categories.');
  return first.slug;
}

/** Makes a product of one variant by the API. */
export async function makeProduct(page: Page, changes: object = {}): Promise<MadeProduct> {
  const mark = unique();
  const sku = `E2E-${mark.toUpperCase()}`;
  const { status, body } = await api<MadeProduct>(page, 'POST', '/products', {
    title: `Test anvil ${mark}`,
    description: 'Made by a test.',
    brand: null,
    categories: [await someCategory(page)],
    status: 'draft',
    seo: { title: null, description: null },
    options: [],
    variants: [
      { sku, title: '', options: {}, price: { amount: 1899, currency: 'GBP' }, compareAtPrice: null },
    ],
    images: [],
    ...changes,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body, sku };
}

/** A picture as a camera would give it: its bytes, of the type given. */
export async function picture(page: Page, type = 'image/png'): Promise<Buffer> {
  const base64 = await page.evaluate(async (kind) => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 600;
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('This browser cannot paint.');
    paint.fillStyle = '#0b4a3b';
    paint.fillRect(0, 0, 900, 600);
    paint.fillStyle = '#ffcf33';
    paint.fillRect(200, 200, 500, 200);
    return canvas.toDataURL(kind).split(',')[1] ?? '';
  }, type);
  return Buffer.from(base64, 'base64');
}

/** Chooses one of a list's values in a form. */
export async function choose(page: Page, field: Locator, option: string | RegExp): Promise<void> {
  await field.click();
  await page.getByRole('option', { name: option }).first().click();
}

/** What the console says in passing. */
export function news(page: Page): Locator {
  return page.locator('.RaNotification-snackbar, .MuiSnackbar-root');
}
