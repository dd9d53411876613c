// The dashboard in a real browser against a real platform: node browser/run.mjs DASHBOARD ISSUER [REPORT]
// VOYAGE_BROWSER_PARTS names groups and parts; without it all run.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { raiseAlarm } from './alarms.mjs';
import { saveFiles } from './downloads.mjs';
import { standStill } from './motion.mjs';
import { signInEverybody } from './roles.mjs';
import { sendFiles } from './sending.mjs';
import { showStates } from './states.mjs';
import { shareStream } from './tabs.mjs';
import { openEveryPage } from './pages.mjs';
import { moveFigure } from './figures.mjs';
import { surviveCrashes } from './crashes.mjs';
import { keepHeadlines } from './headlines.mjs';
import { showHistory } from './history.mjs';
import { useKeyboard } from './keyboard.mjs';
import { scrollLargeResult } from './large.mjs';
import { paintSoon } from './paint.mjs';
import { printPages } from './paper.mjs';
import { keepOrders } from './orders.mjs';
import { readReference } from './reference.mjs';
import { TestRun } from './report.mjs';
import { changePerson, endSession } from './sessions.mjs';
import { keepUp } from './updates.mjs';

const STEP_MILLISECONDS = 45_000;

const [dashboard, issuer, report] = process.argv.slice(2);
if (!dashboard || !issuer) {
  console.error(
    'The browser tests want the addresses of the dashboard and of the issuer, and a file for the report.',
  );
  process.exit(2);
}
const executablePath = [process.env.VOYAGE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) {
  console.error(
    'The browser tests want Chromium: install it (Debian: sudo apt install chromium), or set VOYAGE_CHROMIUM.',
  );
  process.exit(2);
}

// Chromium has no sandbox as root and in containers. It opens the pages of this platform only.
const browser = await chromium
  .launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
  .catch((error) => {
    console.error(`${executablePath} does not start: ${error.message}`);
    process.exit(2);
  });
const run = new TestRun();

/** Opens a browser of its own for one person, without cookies. */
async function withContext(options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(STEP_MILLISECONDS);
  try {
    await use(context);
  } finally {
    // Else a request that a case has intercepted fails when its page goes, and ends the whole run.
    await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' }))).catch(
      () => undefined,
    );
    await context.close();
  }
}

const platform = { dashboard, issuer, run, withContext };
/** Groups of parts by the records that they need; those of one platform may run in one run. */
const GROUPS = {
  // The demonstration's whole history.
  history: [moveFigure, keepHeadlines, paintSoon, showHistory, printPages, openEveryPage],
  // Alliances, and schools abroad of several provinces and years.
  schools: [
    keepUp,
    scrollLargeResult,
    sendFiles,
    shareStream,
    raiseAlarm,
    showStates,
    saveFiles,
    standStill,
    signInEverybody,
    useKeyboard,
    keepOrders,
    endSession,
    changePerson,
    readReference,
    // Last: after a crash all caches are cold.
    surviveCrashes,
  ],
};
const wanted = process.env.VOYAGE_BROWSER_PARTS?.split(',');
const known = Object.entries(GROUPS).flatMap(([group, parts]) => [group, ...parts.map((part) => part.name)]);
for (const name of wanted ?? []) {
  if (!known.includes(name)) throw new Error(`no part and no group of browser/run.mjs is called ${name}`);
}
for (const [group, parts] of Object.entries(GROUPS)) {
  for (const part of parts) {
    if (wanted && !wanted.includes(group) && !wanted.includes(part.name)) continue;
    await run.runPart(part.name, () => part(platform));
  }
}

await browser.close();
if (report) await run.writeReport(report, 'browser');
console.log(`${run.passed} passed, ${run.failures} failed, ${run.seconds.toFixed(0)} s`);
process.exit(run.failures > 0 ? 1 : 0);
