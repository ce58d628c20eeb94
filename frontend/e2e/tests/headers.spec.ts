import { expect, type Page, test } from '@playwright/test';
import { listenToRefusals } from '../csp.ts';

/** The directives of an answer's policy. */
function policyOf(headers: Record<string, string>): Map<string, string> {
  const directives = (headers['content-security-policy'] ?? '').split(';').map((text) => text.trim());
  return new Map(directives.map((text) => [text.split(' ', 1)[0] ?? '', text.split(' ').slice(1).join(' ')]));
}

async function expectStrict(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path);
  const headers = (await answer?.allHeaders()) ?? {};
  const policy = policyOf(headers);
  expect(policy.get('default-src'), path).toBe("'none'");
  expect(policy.get('script-src'), path).toBe("'self'");
  expect(policy.get('style-src'), path).not.toContain('unsafe');
  expect(policy.get('base-uri'), path).toBe("'none'");
  expect(policy.get('frame-ancestors'), path).toBe("'none'");
  expect(headers, path).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(headers['permissions-policy'], path).toContain('camera=()');
  expect(headers['strict-transport-security'], path).toContain('max-age=31536000');
}

test('every answer of the site keeps strangers out', async ({ page }) => {
  // What the pages ask for comes first: of an answer that it keeps, the browser forgets the transport's header.
  for (const path of [
    '/api/categories',
    '/config.json',
    '/api/me',
    '/',
    '/cart',
    '/console/',
    '/console/orders',
  ]) {
    await expectStrict(page, path);
  }
});

test('what a page writes into itself is refused', async ({ page }) => {
  await page.goto('/');
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.stranger = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { visibility: hidden }';
    document.head.append(style);
    return { stranger: 'stranger' in window, hidden: getComputedStyle(document.body).visibility };
  });
  expect(ran).toEqual({ stranger: false, hidden: 'visible' });
});

test('the API’s description is drawn within its policy', async ({ page }) => {
  const refusals = await listenToRefusals(page);
  await page.goto('/docs/');
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  // The reader asks whether it may make code of text. It may not, and does without.
  await refusals.expectNone(/^\/docs\/: script-src refuses eval .*\/docs\/scalar\.js/);
});
