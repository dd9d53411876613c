// A session that ends elsewhere covers the page, and a new sign-in gives the page back with what was typed.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, findViolations, PASSWORD, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const CLERK = PEOPLE.find(({ id }) => id === 'chen-jing');
const TYPED = 'code: typed-before-the-session-ended';

/** Keeps what the worker of the shared stream sends to each page. */
function recordStream() {
  globalThis.received = [];
  const Original = globalThis.SharedWorker;
  if (!Original) return;
  globalThis.SharedWorker = class extends Original {
    constructor(...parameters) {
      super(...parameters);
      this.port.addEventListener('message', ({ data }) => globalThis.received.push(data));
    }
  };
}

/** Provinces of the values that a page got from the stream. */
function receivedProvinces(page) {
  return page.evaluate(() => [
    ...new Set(
      globalThis.received
        .flatMap((message) => message.values ?? message.changes ?? [])
        .map(({ slice }) => slice.province)
        .filter(Boolean),
    ),
  ]);
}

async function signOut(page, dashboard) {
  await page.goto(`${dashboard}/about`);
  await page.getByRole('button', { name: /^设置/ }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
}

export function changePerson() {
  test('a clerk who signs in in another tab gets no value of the operator, whose tab is left', ({
    dashboard,
    withContext,
  }) =>
    withContext({}, async (context) => {
      await context.addInitScript(recordStream);
      // The persons of another issuer than the local one have other names there.
      const [operator, clerk] = process.env.VOYAGE_PERSONS?.split(',') ?? [OPERATOR.id, CLERK.id];
      const tab = await context.newPage();
      await signIn(tab, dashboard, operator);
      await awaitContent(tab);
      // The operator sees several provinces.
      await tab.waitForFunction(() => {
        const values = globalThis.received.flatMap((message) => message.values ?? message.changes ?? []);
        return new Set(values.map(({ slice }) => slice.province).filter(Boolean)).size > 1;
      });

      const other = await context.newPage();
      // Keycloak knows the browser: the operator signs out first.
      if (PASSWORD) await signOut(other, dashboard);
      await signIn(other, dashboard, clerk);
      await awaitContent(other);
      await other.waitForFunction(() => globalThis.received.some(({ values }) => values?.length > 0));
      await tab.getByRole('button', { name: `设置: ${CLERK.name}` }).waitFor();
      await awaitContent(tab);
      await tab.waitForFunction(() => globalThis.received.some(({ values }) => values?.length > 0));

      assert.deepEqual(await receivedProvinces(other), [CLERK.province]);
      assert.deepEqual(await receivedProvinces(tab), [CLERK.province]);
    }));
}

export function endSession() {
  test('a session that ended in another tab is said, and a new sign-in keeps what was typed', ({
    dashboard,
    withContext,
  }) =>
    withContext({}, async (context) => {
      const form = await context.newPage();
      await signIn(form, dashboard, OPERATOR.id, '/definitions/rehearsal');
      await form.locator('textarea').fill(TYPED);

      const other = await context.newPage();
      await signOut(other, dashboard);

      const over = form.getByRole('alertdialog');
      await over.waitFor();
      assert.deepEqual(await findViolations(form), []);
      const [again] = await Promise.all([context.waitForEvent('page'), over.getByRole('link').click()]);
      await again.locator(`button[value="${OPERATOR.id}"]`).click();
      await again.locator('nav a').first().waitFor();
      await form.bringToFront();
      await over.waitFor({ state: 'detached' });
      assert.equal(await form.locator('textarea').inputValue(), TYPED);
      await awaitContent(form);
    }));
}
