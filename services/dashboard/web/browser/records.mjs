// One record in the form of a bureau: from empty to counted, corrected by two people at once, and withdrawn.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { CLERK, SCHOOL, SCHOOLS, send } from './schools.mjs';
import { awaitContent, findSidewaysScroll, findViolations, signIn, watchPage } from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const VIEWS = [
  { width: 1440, colorScheme: 'light', prefix: '', language: 'zh-Hans', at: 0 },
  { width: 800, colorScheme: 'dark', prefix: '/en', language: 'en', at: 1 },
  { width: 390, colorScheme: 'dark', prefix: '', language: 'zh-Hans', at: 0 },
];

/** Words of the form in both languages. */
const WORDS = {
  faults: [/处需要修改/, /fields need a repair/],
  key: ['记录编号', 'Record id'],
  name: ['名称', 'Name'],
  brand: ['品牌', 'Brand'],
  luban: ['鲁班工坊', 'Luban Workshop'],
  tier: ['层级', 'Tier'],
  workshop: ['工坊', 'Workshop'],
  form: ['办学形式', 'Form'],
  centre: ['培训中心', 'Training centre'],
  country: ['所在国家', 'Host country'],
  thailand: ['泰国', 'Thailand'],
  colleges: ['举办院校', 'Founding colleges'],
  status: ['状态', 'Status'],
  open: ['运行', 'Open'],
  openedOn: ['开办日期', 'Opened on'],
  showEffect: ['查看对指标的影响', 'Show the effect on figures'],
  store: ['入库', 'Store'],
  stored: [/已入库，现为第 1 版/, /Stored as version 1/],
  storedAgain: [/已入库，现为第 3 版/, /Stored as version 3/],
  toRecord: ['查看记录', 'Open the record'],
  given: ['本记录计入的指标', 'What this record gives to figures'],
  figure: ['境外办学机构数', 'Overseas schools'],
  edit: ['更正', 'Correct'],
  conflict: [/他人已更正这条记录/, /Somebody corrected this record/],
  goOn: ['在最新版本上继续', 'Go on with the newest version'],
  withdraw: ['撤回', 'Withdraw'],
  reason: ['原因', 'Reason'],
  withdrawn: [/本记录已撤回/, /This record is withdrawn/],
};

export function writeRecords() {
  for (const { width, colorScheme, prefix, language, at } of VIEWS) {
    const word = (key) => WORDS[key][at];
    test(`a record is written, corrected by two people and withdrawn in a form (${width}, ${language})`, ({
      dashboard,
      withContext,
    }) =>
      withContext({ viewport: { width, height: 900 }, colorScheme }, async (context) => {
        const page = await context.newPage();
        const key = `BROWSER-FORM-${width}-${Date.now()}`;
        const record = `${prefix}/records/overseas-school/${CLERK.province}/${key}`;
        await signIn(page, dashboard, CLERK.id);
        const faults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${prefix}/records/overseas-school/new`);
        await awaitContent(page);
        const press = (name) => page.getByRole('button', { name, exact: true }).click();
        const fill = (name, text) => page.getByLabel(name, { exact: true }).fill(text);
        const select = async (label, option) => {
          await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
          await page.getByRole('option', { name: option, exact: true }).click();
        };
        const pick = async (label, text) => {
          const box = page.getByRole('combobox', { name: label, exact: true }).first();
          await box.fill(text);
          await page.getByRole('option', { name: text }).first().click();
          await box.press('Escape');
        };

        await press(word('store'));
        await page.getByText(word('faults')).waitFor();
        await check(page, language, 'empty');

        await fill(word('key'), key);
        await fill(word('name'), SCHOOL.name);
        await select(word('brand'), word('luban'));
        await select(word('tier'), word('workshop'));
        await select(word('form'), word('centre'));
        await pick(word('country'), word('thailand'));
        await pick(word('colleges'), SCHOOL.foundingColleges[0]);
        await select(word('status'), word('open'));
        await fill(word('openedOn'), '2026-11-01');
        await press(word('showEffect'));
        await page
          .getByRole('rowheader', { name: word('figure') })
          .first()
          .waitFor();
        await check(page, language, 'effect');

        await press(word('store'));
        await page.getByText(word('stored')).waitFor();
        await check(page, language, 'stored');
        await page.getByRole('link', { name: word('toRecord') }).click();
        await page.waitForURL(dashboard + record);
        await awaitContent(page);
        const given = page.getByRole('region', { name: word('given') });
        await given.getByRole('link', { name: word('figure'), exact: true }).waitFor();
        await page.getByText('THA', { exact: true }).waitFor();
        await check(page, language, 'record');

        await page.getByRole('link', { name: word('edit'), exact: true }).click();
        await page.waitForURL(`${dashboard}${record}/edit`);
        await awaitContent(page);
        const stored = await readFields(page, key);
        const theirs = { ...stored, hostCity: '孔敬' };
        assert.equal((await send(page, 'PUT', `${SCHOOLS}/${key}`, theirs)).status, 200);
        await fill(word('name'), `${SCHOOL.name}（二期）`);
        await press(word('store'));
        await page.getByText(word('conflict')).waitFor();
        await page.getByText('孔敬').first().waitFor();
        await check(page, language, 'conflict');
        await press(word('goOn'));
        await press(word('store'));
        await page.getByText(word('storedAgain')).waitFor();
        assert.deepEqual(await readFields(page, key), { ...theirs, name: `${SCHOOL.name}（二期）` });

        await page.getByRole('link', { name: word('toRecord') }).click();
        await press(word('withdraw'));
        const dialog = page.getByRole('dialog');
        await dialog
          .getByRole('rowheader', { name: word('figure') })
          .first()
          .waitFor();
        await dialog.getByLabel(word('reason'), { exact: true }).fill('测试');
        await check(page, language, 'withdraw');
        await dialog.getByRole('button', { name: word('withdraw'), exact: true }).click();
        await page.getByText(word('withdrawn')).waitFor();
        assert.deepEqual(faults, []);
      }));
  }
}

function readFields(page, key) {
  return page.evaluate(async (path) => (await (await fetch(path)).json()).fields, `${SCHOOLS}/${key}`);
}

/** Whether a state of the form is accessible, in its language, and fits a screen of 320 pixels. */
async function check(page, language, state) {
  assert.deepEqual(await findViolations(page), [], state);
  assert.deepEqual(await findSidewaysScroll(page), [], state);
  assert.deepEqual(await findForeignWords(page, language, CLERK), [], state);
}
