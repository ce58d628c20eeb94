import { test } from '@playwright/test';
import { takePictures } from '../accessible.ts';
import { addStaff, openConsole, type Staff } from '../console.ts';
import { CONSOLE_STOPS } from '../console-stops.ts';

let admin: Staff;
test.beforeAll(async () => {
  admin = await addStaff('admin');
});

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, open } of CONSOLE_STOPS) {
  test(`picture of the console: ${name}`, async ({ page }) => {
    await openConsole(page, admin);
    await open(page);
    await takePictures(page, `console-${name}`, { widths: [1280, 390] });
  });
}
