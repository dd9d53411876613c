// The order of a table is in its address: kept over a reload, another language and the way back.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const TABLE = '/explore/overseas-schools?by=province&view=table&period=2024';
const RECORDS = '/explore/overseas-schools?why=overseas-schools?period=2024%26tab=records';

export function keepOrders() {
  test('a table keeps its order over a reload, a language and the way back', ({ dashboard, withContext }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      await page.goto(`${dashboard}${TABLE}`);
      const asCame = await readRows(page);

      const head = page.locator('main th button').last();
      await head.click();
      await page.waitForURL(/[?&]sort=2024(&|$)/);
      const ascending = await readRows(page);
      await head.click();
      await page.waitForURL(/[?&]sort=-2024(&|$)/);
      const descending = await readRows(page);
      assert.notDeepEqual(descending, ascending);

      await page.reload();
      assert.deepEqual(await readRows(page), descending);
      await page.getByRole('button', { name: 'English' }).click();
      await page.waitForURL(/\/en\/explore.*[?&]sort=-2024(&|$)/);
      assert.equal(await page.locator('main th[aria-sort=descending]').count(), 1);
      await page.getByRole('button', { name: '中文' }).click();

      await page.locator('nav a[href="/explore"]').click();
      await page.waitForURL(`${dashboard}/explore`);
      await page.goBack();
      assert.deepEqual(await readRows(page), descending);
      await head.click();
      await page.waitForURL((url) => !url.searchParams.has('sort'));
      assert.deepEqual(await readRows(page), asCame);

      await page.goto(`${dashboard}${TABLE}&sort=nothing`);
      assert.deepEqual(await readRows(page), asCame);
    }));

  test('a table over a page keeps its order in the address of the value', ({ dashboard, withContext }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      await page.goto(`${dashboard}${RECORDS}`);
      const head = page.getByRole('dialog').locator('th button').last();
      await head.click();
      await page.waitForURL(/\/why\/overseas-schools.*[?&]sort=records\.amount(&|$)/);
      await page.reload();
      await page.locator('main th[aria-sort=ascending]').waitFor();
    }));
}

async function readRows(page) {
  await awaitContent(page);
  return page.locator('main tbody tr').allInnerTexts();
}
