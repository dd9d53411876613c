// A bureau's file from the choice to the figure that it moves, on a page at 400 % zoom and in both languages.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitValue, CLERK, readValue, withdrawSchool } from './schools.mjs';
import { awaitContent, findSidewaysScroll, findViolations, signIn, watchPage } from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const VIEWPORT = { width: 320, height: 640 };
const HEAD = 'sourceId,name,brand,tier,form,hostCountry,foundingColleges,status,openedOn';
const COUNTED_MILLISECONDS = 60_000;
const LANGUAGES = [
  {
    language: 'zh-Hans',
    prefix: '',
    colorScheme: 'light',
    effect: '对全国数字的影响',
    store: '将 1 行入库',
    counted: '✓ 回执已计入，与预览一致',
    notRead: '不读取',
    tryAgain: '按此对应重新试运行',
    columns: '列的对应',
  },
  {
    language: 'en',
    prefix: '/en',
    colorScheme: 'dark',
    effect: 'Effect on national figures',
    store: 'Store 1 row',
    counted: '✓ Counted by its receipt, as previewed',
    notRead: 'not read',
    tryAgain: 'Try again with these columns',
    columns: 'Columns',
  },
];

export function sendFiles() {
  for (const words of LANGUAGES) {
    const { language, prefix, colorScheme, effect, store, counted } = words;
    test(`a file is chosen, tried, stored and counted at 400 % zoom (${language})`, ({
      dashboard,
      withContext,
    }) =>
      withContext({}, (watching) =>
        withContext({ viewport: VIEWPORT, colorScheme }, async (context) => {
          const overview = await watching.newPage();
          await signIn(overview, dashboard, OPERATOR.id);
          await awaitContent(overview);
          await overview.evaluate(() => (globalThis.notReloaded = true));
          const page = await context.newPage();
          const faults = watchPage(page, dashboard);
          await signIn(page, dashboard, CLERK.id, `${prefix}/send/overseas-school`);
          await checkStep(page, language, 'choose');

          const value = await readValue(overview);
          const key = `BROWSER-FILE-${Date.now()}`;
          const refused = `${key}-X`;
          await page.locator('input[type=file]').setInputFiles({
            name: 'schools.csv',
            mimeType: 'text/csv',
            buffer: Buffer.from([HEAD, writeRow(key, 'THA'), writeRow(refused, 'XXX')].join('\n')),
          });
          await page.getByRole('heading', { name: effect }).waitFor();
          await page.getByRole('button', { name: store }).waitFor();
          await checkStep(page, language, 'tried');
          assert.ok((await page.locator('main').innerText()).includes(refused));
          assert.equal(await readValue(overview), value, 'a dry run moves no figure');

          await page.getByRole('button', { name: store }).click();
          await page.getByText(counted).waitFor({ timeout: COUNTED_MILLISECONDS });
          await awaitValue(overview, value + 1);
          assert.equal(await overview.evaluate(() => globalThis.notReloaded), true);
          await checkStep(page, language, 'counted');

          assert.equal(await withdrawSchool(page, key), 200);
          await awaitValue(overview, value);
          assert.deepEqual(faults, []);
        }),
      ));
    mapColumns(words);
  }
}

/** A table of the bureau's own: its headings are mapped in the page, and the next file needs no mapping. */
function mapColumns({ language, prefix, colorScheme, ...words }) {
  test(`the headings of a bureau's own table are mapped once (${language})`, ({ dashboard, withContext }) =>
    withContext({ viewport: VIEWPORT, colorScheme }, async (context) => {
      const page = await context.newPage();
      const faults = watchPage(page, dashboard);
      const key = `BROWSER-MAP-${Date.now()}`;
      const own = `占地${Date.now()}`;
      const file = {
        name: '本省境外办学一览表.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          [
            `校内代号,学校名称,品牌,层级,办学形式,国家（地区）,举办院校,状态,开办日期,${own}`,
            `${writeRow(key, '泰国')},9`,
          ].join('\n'),
        ),
      };
      await signIn(page, dashboard, CLERK.id, `${prefix}/send/overseas-school`);
      await page.locator('input[type=file]').setInputFiles(file);
      const row = page.locator('li', { hasText: own });
      await row.waitFor();
      await checkStep(page, language, 'columns');
      if (language === 'zh-Hans')
        await chooseField(page, page.locator('li', { hasText: '校内代号' }), '记录编号');
      await chooseField(page, row, words.notRead);
      await page.getByRole('button', { name: words.tryAgain }).click();
      await page.getByRole('button', { name: words.store }).waitFor();
      await page.locator('summary', { hasText: words.columns }).click();
      await checkStep(page, language, 'mapped');

      await page.goto(`${dashboard}${prefix}/send/overseas-school`);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: words.store }).waitFor();
      await page.goto(`${dashboard}${prefix}/submissions`);
      await page.getByText(file.name).first().waitFor();
      await checkStep(page, language, 'listed');
      assert.deepEqual(faults, []);
    }));
}

async function chooseField(page, row, field) {
  await row.getByRole('button').click();
  await page.getByRole('option', { name: field, exact: false }).first().click();
}

function writeRow(key, country) {
  return `${key},泰国清迈鲁班工坊,luban-workshop,workshop,training-centre,${country},4112900001,open,2026-11-01`;
}

async function checkStep(page, language, step) {
  await awaitContent(page);
  assert.deepEqual(await findForeignWords(page, language, CLERK), [], step);
  assert.deepEqual(await findViolations(page), [], step);
  assert.deepEqual(await findSidewaysScroll(page), [], step);
}
