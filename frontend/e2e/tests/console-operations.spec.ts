import { expect, type Page, test } from '@playwright/test';
import { addStaff, expectHeading, news, openConsole, type Staff } from '../console.ts';

let admin: Staff;
let operator: Staff;
test.beforeAll(async () => {
  [admin, operator] = await Promise.all([addStaff('admin'), addStaff('operator')]);
});

const schedule = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Schedules' }).getByRole('listitem').filter({ hasText: name });

test('a schedule is paused, changed and run by keyboard', async ({ page }) => {
  await openConsole(page, operator);
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Schedules' }).click();
  await expectHeading(page, 'Schedules');
  const row = schedule(page, 'Look for search changes');
  await expect(row).toContainText('Every hour');
  await expect(row).toContainText(/next (within|in)/);

  const press = async (name: RegExp) => {
    const button = row.getByRole('button', { name });
    await button.focus();
    await page.keyboard.press('Enter');
  };
  await press(/^Pause/);
  await expect(news(page)).toContainText('is paused');
  await expect(row).toContainText('Paused');
  await expect(row).not.toContainText('next');
  await press(/^Run now/);
  // What the worker says of its run.
  await expect(news(page)).toContainText('a new index is asked for', { timeout: 45_000 });
  await press(/^Resume/);
  await expect(row).toContainText('Running');

  await press(/^Change/);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Expression')).toBeFocused();
  await dialog.getByLabel('Expression').fill('every now and then');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Type rate(5 minutes)');
  await dialog.getByLabel('Expression').fill('rate(2 hours)');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('Every 2 hours');
  await press(/^Change/);
  await dialog.getByLabel('Expression').fill('rate(1 hour)');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('Every hour');
});

test('runs are found by worker, by outcome and by what they were about', async ({ page }) => {
  await openConsole(page, operator);
  await page.goto('/console/schedules');
  await schedule(page, 'Plan supplier calls')
    .getByRole('link', { name: /^All runs/ })
    .click();
  await expectHeading(page, 'Runs');
  const rows = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  await expect(rows.first()).toContainText('Plan supplier calls');
  await expect(rows.filter({ hasNotText: 'Plan supplier calls' })).toHaveCount(0);
  await expect(rows.first()).toContainText(/took .*set off by/);

  const request = rows.first().getByRole('link').last();
  const id = (await request.textContent()) ?? '';
  await request.click();
  await expect(page.getByLabel('About', { exact: true })).toHaveValue(id);
  await expect(rows).toHaveCount(1);
  await page.getByLabel('About', { exact: true }).fill('no run ever said this');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(rows.first()).toBeVisible();
});

test('queues show what waits, and who is no admin may only look', async ({ page }) => {
  await openConsole(page, operator);
  await page.goto('/console/queues');
  await expectHeading(page, 'Queues');
  for (const name of ['Expiry', 'Planning', 'Dispatch', 'Sync', 'Deletion', 'Rebuild']) {
    const queue = page.getByRole('region', { name, exact: true });
    await expect(queue).toContainText('Waiting');
    await expect(queue).toContainText(/dead letter/);
  }
  await expect(page.getByRole('region', { name: 'Stream failures' })).toContainText(/failure/);
  await page.goto('/console/queues/deletion-dead-letters');
  await expectHeading(page, 'Deletion dead letters');
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Discard all' })).toHaveCount(0);
  await page.goto('/console/queues/planning');
  await expect(page.getByRole('alert')).toContainText('plan-order works through this queue');
});

test('dead letters are sent again and discarded after a question', async ({ page }) => {
  const letter = (n: number) => ({
    id: `message-${n}`,
    sentAt: '2026-11-22T07:00:00Z',
    receives: 6,
    body: JSON.stringify({ taskId: `tsk_${n}`, orderId: `ord_${n}` }),
    whole: true,
    attributes: {},
    orderId: `ord_${n}`,
    taskId: `tsk_${n}`,
    requestId: null,
  });
  // The queues of the stack are empty, as they should be: these are the API's answers for one that is not.
  const left = new Map([1, 2, 3].map((n) => [`message-${n}`, letter(n)]));
  const asked: string[] = [];
  await page.route('**/api/console/operations/queues/dispatch-dead-letters/**', async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    asked.push(`${request.method()} ${url.pathname.split('/').pop()}${url.search}`);
    if (request.method() === 'GET') return route.fulfill({ json: { items: [...left.values()] } });
    if (request.method() === 'DELETE') {
      const id = url.searchParams.get('id');
      const gone = id ? [id] : [...left.keys()];
      for (const one of gone) left.delete(one);
      return route.fulfill({ json: { discarded: gone.length } });
    }
    const { ids } = request.postDataJSON() as { ids?: string[] };
    const moved = ids ?? [...left.keys()];
    for (const one of moved) left.delete(one);
    return route.fulfill({ json: { moved: moved.length, left: left.size } });
  });
  await openConsole(page, admin);
  await page.goto('/console/queues/dispatch-dead-letters');
  await expectHeading(page, 'Dispatch dead letters');
  const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('"taskId": "tsk_1"');

  const dialog = page.getByRole('dialog');
  await rows
    .first()
    .getByRole('button', { name: /^Discard/ })
    .click();
  // Nothing is thrown away by Enter alone.
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(asked.filter((call) => !call.startsWith('GET'))).toEqual([]);

  await rows
    .first()
    .getByRole('button', { name: /^Discard/ })
    .click();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(news(page)).toContainText('The message is discarded');
  await expect(rows).toHaveCount(2);
  await rows
    .first()
    .getByRole('button', { name: /^Send again/ })
    .click();
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Discard all' }).click();
  await expect(dialog).toContainText('cannot be brought back');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Nothing was given up on')).toBeVisible();
  expect(asked.filter((call) => !call.startsWith('GET'))).toEqual([
    'DELETE messages?id=message-1',
    'POST redrive',
    'DELETE messages?all=dispatch-dead-letters',
  ]);
});
