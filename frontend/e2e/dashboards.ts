import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

export const DASHBOARDS = ['Business', 'Fulfilment', 'Platform'] as const;

/** The address of the local stack's page of dashboards. */
function address(): string {
  const outputs = JSON.parse(readFileSync(process.env.IRONMONGER_OUTPUTS ?? '', 'utf8')) as {
    dashboards: string;
  };
  return outputs.dashboards;
}

/** Opens the page with one of the dashboards, drawn with what is measured by now. */
export async function openDashboard(page: Page, name: (typeof DASHBOARDS)[number]): Promise<void> {
  await page.goto(`${address()}?hours=1`);
  await page.getByRole('navigation', { name: 'Dashboards' }).getByRole('link', { name }).click();
  await expect(page.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('status')).toContainText('Live');
}
