// A dashboard that sleeps, kill -9 of it and of the indicators: an open page says so, goes on and says what it missed.
import assert from 'node:assert/strict';
import { closeContexts, test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { freezeService, killService, LAUNCHER } from './processes.mjs';
import { awaitValue, CLERK, putSchool, readValue, SCHOOL, SCHOOLS_PATH, withdrawSchool } from './schools.mjs';
import { awaitContent, findViolations, signIn } from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const KEYS = ['asleep', 'indicators', 'dashboard'].map((broken) => `BROWSER-BREAK-${broken}-${Date.now()}`);
const RESTART_MILLISECONDS = 120_000;
const SLEEP_MILLISECONDS = 25_000;
const SILENCE_MILLISECONDS = 20_000;
const MOST_TRIES = 12;
/** A break as short as this is reported only when something was missed. */
const SHORT_BREAK_MILLISECONDS = 5_000;
/** The page says what it missed when all values have come. */
const REPORT_MILLISECONDS = 30_000;
const RECOVERED = /连接已恢复.*其间 (\d+) 项变动已补上/;
/** The ports of a platform are next to each other: that of the dashboard is the eighth. */
const PORT_OFFSETS = { indicators: 0, overseas: 3, dashboard: 7 };

export function surviveCrashes() {
  test.describe.serial(() => {
    test.skip(!LAUNCHER, 'VOYAGE_LAUNCHER does not name the process that has started the services');
    let context;
    let page;
    let clerk;

    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext();
      page = await context.newPage();
      clerk = await (await browser.newContext()).newPage();
    });
    test.afterAll(closeContexts);

    test('20 s of silence are said, and after a sleep an open page goes on by itself', async ({
      dashboard,
      issuer,
      note,
    }) => {
      await signIn(clerk, dashboard, CLERK.id);
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      const english = await context.newPage();
      await english.goto(`${dashboard}/en/`);
      await awaitContent(english);
      await page.bringToFront();
      await page.locator('header strong', { hasText: '实时' }).waitFor();
      const token = await fetchToken(issuer);
      const value = await readValue(page);
      await watchBars(page);

      const wake = await freezeService('dashboard');
      const begun = performance.now();
      try {
        await page.getByText(/之后没有收到更新，正在重连/).waitFor();
        const said = performance.now() - begun;
        note(`silence is said ${Math.round(said)} ms after the dashboard fell asleep`);
        // The last byte may have come a little before.
        assert.ok(said > SILENCE_MILLISECONDS / 2, `${said} ms`);
        await page.locator('header strong', { hasText: '没有更新' }).waitFor();
        await english.getByText(/No updates have come since/).waitFor();
        assert.deepEqual(await findViolations(page), []);
        assert.deepEqual(await findViolations(english), []);
        assert.deepEqual(await findForeignWords(english, 'en', OPERATOR), []);
        await putDirectly(dashboard, token, KEYS[0]);
        const rest = begun + SLEEP_MILLISECONDS - performance.now();
        if (rest > 0) await page.waitForTimeout(rest);
        assert.equal(await readValue(page), value, 'the last known value stays');
      } finally {
        wake();
      }
      await page.locator('header strong', { hasText: '实时' }).waitFor();
      await awaitValue(page, value + 1);
      await awaitReport(page);
      assert.ok((await readReport(page)) > 0);
      assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
      await english.close();
    });

    test('after kill -9 of the indicators an open page goes on by itself', async ({ note }) => {
      const value = await readValue(page);
      await goThroughCrash({ page, note }, 'indicators', async () => {
        assert.equal(await putSchool(clerk, KEYS[1]), 201);
        return value + 1;
      });
    });

    test('after kill -9 of the dashboard an open page goes on and says what it missed', async ({
      dashboard,
      issuer,
      note,
    }) => {
      const token = await fetchToken(issuer);
      const value = await readValue(page);
      const { missed, isAway } = await goThroughCrash({ page, note }, 'dashboard', async () => {
        await putDirectly(dashboard, token, KEYS[2]);
        return value + 1;
      });
      // The dashboard may be back before the change is counted.
      assert.ok(missed > 0 || !isAway, `${missed} changes missed`);
    });

    test('both persons still work after the crashes', async () => {
      const value = await readValue(page);
      for (const key of KEYS) assert.equal(await withdrawSchool(clerk, key), 200);
      await awaitValue(page, value - KEYS.length);
    });
  });
}

/** Kills a service, changes the figure meanwhile, and waits until the page has it without a reload. */
async function goThroughCrash({ page, note }, service, change) {
  await watchBars(page);
  const lamp = page.locator('header strong').first();
  const begun = performance.now();
  await killService(service);
  await lamp.filter({ hasText: /正在连接|没有更新/ }).waitFor();
  const noticed = performance.now();
  const wanted = await change();
  const isAway = !(await lamp.innerText()).includes('实时');
  await lamp.filter({ hasText: '实时' }).waitFor({ timeout: RESTART_MILLISECONDS });
  const live = performance.now();
  await awaitValue(page, wanted, RESTART_MILLISECONDS);
  const isShort = live - noticed < SHORT_BREAK_MILLISECONDS;
  await awaitReport(page).catch((error) => {
    if (!isShort) throw error;
  });
  const missed = await readReport(page);
  note(
    `${service}: noticed after ${Math.round(noticed - begun)} ms, live again after ${Math.round(live - begun)} ms, ` +
      `${missed} changes missed`,
  );
  assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
  assert.equal(await page.getByRole('alertdialog').count(), 0);
  return { missed, isAway };
}

/** Notes from now on what the bars above the page say, and whether the page is loaded again. */
function watchBars(page) {
  return page.evaluate(() => {
    globalThis.notReloaded = true;
    globalThis.said = [];
    const bars = () => [...document.querySelectorAll('main [role=status]')].map((bar) => bar.innerText);
    const old = new Set(bars());
    new MutationObserver(() => {
      globalThis.said.push(...bars().filter((text) => !old.has(text)));
    }).observe(document.body, { childList: true, subtree: true });
  });
}

/** Waits until a bar says that the connection is back. */
function awaitReport(page) {
  return page.waitForFunction((words) => globalThis.said.some((text) => text.includes(words)), '连接已恢复', {
    timeout: REPORT_MILLISECONDS,
  });
}

/** Returns how many changes were missed, as the bar says; 0 if it was not shown. */
async function readReport(page) {
  return Number(RECOVERED.exec((await page.evaluate(() => globalThis.said)).join('\n'))?.[1] ?? 0);
}

async function fetchToken(issuer) {
  const client = `bureau-${CLERK.province}`;
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: `local-${client}`,
    }),
  });
  return (await answer.json()).access_token;
}

/** Stores a school without the dashboard and waits until the figures count it. */
async function putDirectly(dashboard, token, key) {
  const addressOf = (service) => {
    const url = new URL(dashboard);
    url.port = String(Number(url.port) - PORT_OFFSETS.dashboard + PORT_OFFSETS[service]);
    return url.origin;
  };
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const stored = await fetch(`${addressOf('overseas')}${SCHOOLS_PATH}/${key}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(SCHOOL),
  });
  assert.equal(stored.status, 201, await stored.clone().text());
  const receipt = stored.headers.get('Voyage-Receipt');
  assert.ok(receipt, 'a write is answered with a receipt');
  const question = new URLSearchParams({ receipt });
  const counted = `${addressOf('indicators')}/v1/indicators/overseas-schools/values?${question}`;
  // The service holds each question for some seconds.
  let status = 0;
  for (let tries = 0; tries < MOST_TRIES && status !== 200; tries++) {
    ({ status } = await fetch(counted, { headers }));
    if (status !== 503) break;
  }
  assert.equal(status, 200);
}
