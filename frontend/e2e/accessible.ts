import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails for whatever axe has to say about the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary}`),
  );
  expect(told, told.join('\n\n')).toEqual([]);
}

/** Fails where the page is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Polled, as the frame after a change of the window's size may still have the old media queries.
  await expect
    .poll(
      () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      { message: 'pixels by which the page is wider than the screen' },
    )
    .toBeLessThanOrEqual(0);
}

/** Fails where the page is not accessible, or is wider than the window, on a desk or on a phone. */
export async function expectGoodEverywhere(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

/** Pictures of the page at several widths, as `screenshots/NAME-WIDTH.png`. */
export async function takePictures(
  page: Page,
  name: string,
  { widths, fullPage = false }: { widths: readonly number[]; fullPage?: boolean },
): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 800 ? 900 : 844 });
    // A full picture shows what is below the fold too, so nothing may wait for a scroll.
    await page.evaluate(async () => {
      for (const image of document.images) image.loading = 'eager';
      await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
      await document.fonts.ready;
      window.scrollTo(0, 0);
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    });
    await page.screenshot({ path: `screenshots/${name}-${width}.png`, fullPage });
  }
}
