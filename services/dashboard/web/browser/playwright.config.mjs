// The dashboard in a real browser against a real platform; web.sh says where both are.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';

const STEP_MILLISECONDS = 45_000;
/** The longest case visits every page, or makes changes for ten minutes. */
const CASE_MILLISECONDS = 40 * 60_000;

const executablePath = [process.env.VOYAGE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) {
  console.error(
    'The browser tests want Chromium: install it (Debian: sudo apt install chromium), or set VOYAGE_CHROMIUM.',
  );
  process.exit(2);
}
const report = process.env.VOYAGE_BROWSER_REPORT;

export default defineConfig({
  // Each run empties its folder; another run may go on meanwhile.
  outputDir: `../../target/browser-files/${report ? basename(report, '.xml') : 'browser'}`,
  reporter: [
    ['list', { printSteps: true, printFailuresInline: true }],
    ...(report ? [['junit', { outputFile: resolve(report) }]] : []),
  ],
  workers: 1,
  // So many failures have one cause; further cases would only cost their time limits.
  maxFailures: 8,
  timeout: CASE_MILLISECONDS,
  use: {
    dashboard: process.env.VOYAGE_BROWSER_DASHBOARD,
    issuer: process.env.VOYAGE_BROWSER_ISSUER,
    viewport: { width: 1280, height: 900 },
    actionTimeout: STEP_MILLISECONDS,
    navigationTimeout: STEP_MILLISECONDS,
    // Chromium has no sandbox as root and in containers. It opens the pages of this platform only.
    launchOptions: { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] },
  },
});
