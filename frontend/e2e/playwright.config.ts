import { readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const outputs = process.env.IRONMONGER_OUTPUTS;
if (!outputs) {
  throw new Error(
    'IRONMONGER_OUTPUTS must name the JSON file that tells the shop’s address (its field "site").',
  );
}
const { site } = JSON.parse(readFileSync(outputs, 'utf8')) as { site?: string };
if (!site) throw new Error(`${outputs} has no field "site".`);

const report = process.env.IRONMONGER_E2E_REPORT;

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ...(report ? ([['json', { outputFile: report }]] as const) : [])],
  use: {
    baseURL: site,
    trace: 'retain-on-failure',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: {
      executablePath: process.env.IRONMONGER_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'flows', testIgnore: /screenshots/ },
    { name: 'screenshots', testMatch: /screenshots/, timeout: 420_000 },
  ],
});
