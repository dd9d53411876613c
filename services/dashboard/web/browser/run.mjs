// The dashboard in a real browser against a real platform: node browser/run.mjs DASHBOARD ISSUER [REPORT]
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { PEOPLE } from './people.mjs';
import { TestRun } from './report.mjs';
import {
  awaitContent,
  contentPaths,
  findViolations,
  menuPaths,
  readableTokens,
  shapeOf,
  signIn,
  watchPage,
  watchTokens,
} from './visit.mjs';

const [dashboard, issuer, report] = process.argv.slice(2);
const executablePath = [process.env.VOYAGE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) {
  console.error('The browser tests want Chromium: install it (Debian: sudo apt install chromium), or set VOYAGE_CHROMIUM.');
  process.exit(2);
}

const run = new TestRun();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

async function withPerson(person, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  try {
    const page = await context.newPage();
    await use(page, context);
  } finally {
    await context.close();
  }
}

for (const person of PEOPLE) {
  await run.runCase(`${person.id} signs in as ${person.role} and finds the pages of the role`, () =>
    withPerson(person, {}, async (page) => {
      const faults = watchPage(page, dashboard);
      const tokens = watchTokens(page, dashboard);
      await signIn(page, dashboard, person.id);
      const session = await (await page.request.get(`${dashboard}/session`)).json();
      assert.equal(session.role, person.role);
      assert.equal(session.province ?? undefined, person.province);
      assert.equal(session.alliance ?? undefined, person.alliance);
      const paths = await menuPaths(page);
      for (const path of person.finds) assert.ok(paths.includes(path), `${path} is not in ${paths}`);
      for (const path of person.never ?? []) assert.ok(!paths.includes(path), `${path} is in ${paths}`);
      for (const path of paths) {
        await page.locator(`nav a[href="${path}"]`).first().click();
        await awaitContent(page);
      }
      assert.deepEqual(await readableTokens(page), []);
      assert.deepEqual(tokens, []);
      assert.deepEqual(faults, []);
    }),
  );
}

for (const { language, prefix, colorScheme } of [
  { language: 'zh-Hans', prefix: '', colorScheme: 'light' },
  { language: 'en', prefix: '/en', colorScheme: 'dark' },
]) {
  // A queue of pages, one for each shape, which grows with the links that the pages contain.
  await withPerson(PEOPLE[0], { colorScheme }, async (page) => {
    await signIn(page, dashboard, PEOPLE[0].id, `${prefix}/`);
    const seen = new Set();
    const waiting = await menuPaths(page);
    while (waiting.length > 0) {
      const path = waiting.shift();
      if (seen.has(shapeOf(path))) continue;
      seen.add(shapeOf(path));
      await run.runCase(`${shapeOf(path)} is accessible (${language}, ${colorScheme})`, async () => {
        const faults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${prefix}${path}`);
        await awaitContent(page);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        waiting.push(...(await contentPaths(page)));
        assert.deepEqual(await findViolations(page), []);
        assert.deepEqual(faults, []);
        page.removeAllListeners();
      });
    }
  });
}

await run.runCase('a figure moves after a write, without a reload', () =>
  withPerson(PEOPLE[0], {}, async (page) => {
    await signIn(page, dashboard, 'wang-fang');
    await awaitContent(page);
    await page.evaluate(() => (globalThis.notReloaded = true));
    const tile = page.locator('article', { hasText: '境外办学机构' }).first();
    await tile.locator('p', { hasText: /\d/ }).first().waitFor();
    const value = async () => Number((await tile.locator('p').first().innerText()).replace(/\D/g, ''));
    const before = await value();
    const key = `BROWSER-${Date.now()}`;
    const written = await fetch(`${dashboard}/api/overseas/v1/overseas-schools/12/${key}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${await bureauToken()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        name: '泰国清迈鲁班工坊',
        nameEn: 'Luban Workshop Chiang Mai',
        brand: 'luban-workshop',
        tier: 'workshop',
        form: 'training-centre',
        hostCountry: 'THA',
        hostCity: '清迈',
        foundingColleges: ['4112900001'],
        majors: ['460301'],
        status: 'open',
        openedOn: '2026-11-01',
      }),
    });
    assert.equal(written.status, 201, await written.text());
    const acknowledged = performance.now();
    while ((await value()) !== before + 1) {
      assert.ok(performance.now() - acknowledged < 10_000, `${await value()} is not ${before + 1}`);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    console.log(`        from the acknowledgement to the pixel: ${Math.round(performance.now() - acknowledged)} ms`);
    assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
  }),
);

async function bureauToken() {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'bureau-12',
      client_secret: 'local-bureau-12',
    }),
  });
  return (await answer.json()).access_token;
}

await browser.close();
if (report) await run.writeReport(report, 'browser');
process.exit(run.failures > 0 ? 1 : 0);
