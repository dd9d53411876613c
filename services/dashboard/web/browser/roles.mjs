// Each seeded person signs in, finds the pages of the role and no others, and no script can read a token.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import {
  awaitContent,
  findViolations,
  menuPaths,
  readableTokens,
  signIn,
  watchPage,
  watchTokens,
} from './visit.mjs';

export function signInEverybody() {
  for (const person of PEOPLE) {
    test(`${person.id} signs in as ${person.role} and finds the pages of the role`, ({
      dashboard,
      withContext,
    }) =>
      withContext({}, async (context) => {
        const page = await context.newPage();
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
        // People of one role find the same pages; those of the operator are opened elsewhere.
        const isFirst = PEOPLE.find(({ role }) => role === person.role) === person;
        if (isFirst && person.role !== 'operator') await openMenu(page, paths);
        await assertRefused(page, dashboard, person);
        assert.deepEqual(await readableTokens(page), []);
        assert.deepEqual(tokens, []);
        assert.deepEqual(faults, []);
      }));
  }
}

async function openMenu(page, paths) {
  for (const path of paths) {
    const entry = page.locator(`nav a[href="${path}"]`).first();
    await entry.click();
    await page.locator(`nav a[href="${path}"][aria-current="page"]`).first().waitFor();
    // What moved within a day takes long to count.
    if (path !== '/changes') await awaitContent(page);
  }
}

/** An API refuses the person, and the page that needs it says so. */
async function assertRefused(page, dashboard, { forbidden: { api, page: path, says }, absent }) {
  assert.equal(await ask(page, api), 403, `${api.method} ${api.path}`);
  if (absent) {
    assert.equal(await ask(page, absent), 404, `${absent.method} ${absent.path}`);
    // A year of another province looks like none, too: no state and nothing to submit.
    await page.goto(`${dashboard}/years/overseas/12/2025`);
    await page.locator('main').getByText('没有找到').first().waitFor();
    assert.equal(await page.locator('main').getByText('未提交').count(), 0);
    assert.equal(await page.getByRole('button', { name: '提交年度' }).count(), 0);
  }
  await page.goto(dashboard + path);
  await page.locator('main').getByText(says).first().waitFor();
  assert.deepEqual(await findViolations(page), [], path);
}

/** Sends a request as a script of the page may; returns the status. */
function ask(page, { path, method }) {
  return page.evaluate(
    async ([path, method]) => {
      const headers = { 'X-Voyage-Request': '1', 'Content-Type': 'application/json' };
      const body = method === 'GET' ? {} : { body: '{}' };
      return (await fetch(path, { method, headers, ...body })).status;
    },
    [path, method],
  );
}
