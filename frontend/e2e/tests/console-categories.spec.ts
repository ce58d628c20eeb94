import { expect, type Page, test } from '@playwright/test';
import { addStaff, api, openConsole, unique } from '../console.ts';

interface Category {
  slug: string;
  parent: string | null;
  position: number;
}

const categories = async (page: Page): Promise<Category[]> =>
  (await api<{ items: Category[] }>(page, 'GET', '/categories')).body.items;

const row = (page: Page, slug: string) => page.locator(`li[data-slug="${slug}"]`);

async function siblings(page: Page, parent: string): Promise<string[]> {
  const all = await categories(page);
  return all
    .filter((category) => category.parent === parent)
    .sort((a, b) => a.position - b.position)
    .map(({ slug }) => slug);
}

/** A department with three categories, made for one test. */
async function makeBranch(page: Page): Promise<{ top: string; children: [string, string, string] }> {
  const mark = unique();
  const make = async (title: string, parent: string | null) => {
    const { status, body } = await api<Category>(page, 'POST', '/categories', { title, parent });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.slug;
  };
  const top = await make(`Test ${mark}`, null);
  const children: [string, string, string] = [
    await make(`One ${mark}`, top),
    await make(`Two ${mark}`, top),
    await make(`Three ${mark}`, top),
  ];
  return { top, children };
}

// The tree is one: two tests that move in it at a time would be told to try again.
test.describe.configure({ mode: 'serial' });

test('categories are moved with the keyboard', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const { top, children } = await makeBranch(page);
  const [one, two, three] = children;
  await page.goto('/console/categories');
  const press = async (slug: string, name: RegExp) => {
    await row(page, slug).getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Categories' })).toHaveAttribute('aria-busy', 'false');
  };
  await press(three, /up$/);
  await expect.poll(() => siblings(page, top)).toEqual([one, three, two]);
  await press(three, /into One/);
  await expect.poll(() => siblings(page, one)).toEqual([three]);
  await expect(row(page, three)).toHaveAttribute('data-depth', '2');
  await press(three, /out a level$/);
  await expect.poll(() => siblings(page, top)).toEqual([one, three, two]);
});

test('categories are moved by drag', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const { top, children } = await makeBranch(page);
  const [one, two, three] = children;
  await page.goto('/console/categories');
  const drag = async (slug: string, target: string, part: number) => {
    const handle = row(page, slug).locator('button').first();
    await handle.scrollIntoViewIfNeeded();
    const from = await handle.boundingBox();
    const to = await row(page, target).boundingBox();
    if (!from || !to) throw new Error('The rows are not on the screen.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, to.y + to.height * part, { steps: 12 });
    await page.mouse.up();
  };
  await drag(three, one, 0.1);
  await expect.poll(() => siblings(page, top)).toEqual([three, one, two]);
  await expect(page.getByRole('list', { name: 'Categories' })).toHaveAttribute('aria-busy', 'false');
  await drag(two, three, 0.5);
  await expect.poll(() => siblings(page, three)).toEqual([two]);
});

test('a category is added and deleted; one that holds others cannot be', async ({ page }) => {
  await openConsole(page, await addStaff('operator'));
  const { top, children } = await makeBranch(page);
  await page.goto('/console/categories');
  await expect(row(page, top).getByRole('button', { name: /^Delete/ })).toBeDisabled();
  await row(page, children[0])
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(row(page, children[0])).toHaveCount(0);

  const title = `Below ${unique()}`;
  await row(page, children[1])
    .getByRole('button', { name: /^Add a category in/ })
    .click();
  await page.getByRole('dialog').getByLabel('Name').fill(title);
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: title })).toHaveAttribute('data-depth', '2');
});
