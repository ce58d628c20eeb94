import { test } from '@playwright/test';
import { takePictures } from '../accessible.ts';
import { DASHBOARDS, openDashboard } from '../dashboards.ts';

for (const name of DASHBOARDS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`picture of the dashboard ${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openDashboard(page, name);
      const picture = `dashboard-${name.toLowerCase()}${colorScheme === 'dark' ? '-dark' : ''}`;
      await takePictures(page, picture, { widths: [1440, 390], fullPage: true });
    });
  }
}
