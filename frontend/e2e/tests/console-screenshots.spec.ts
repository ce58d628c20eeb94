import { test } from '@playwright/test';
import { addStaff, openConsole, type Staff } from '../console.ts';
import { CONSOLE_STOPS } from '../console-stops.ts';

const WIDTHS = [1280, 390];

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, open } of CONSOLE_STOPS) {
  test(`picture of the console: ${name}`, async ({ page }) => {
    await openConsole(page, admin);
    await open(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width > 800 ? 860 : 844 });
      await page.evaluate(async () => {
        for (const image of document.images) image.loading = 'eager';
        await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
        await document.fonts.ready;
        window.scrollTo(0, 0);
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      });
      await page.screenshot({ path: `screenshots/console-${name}-${width}.png` });
    }
  });
}
