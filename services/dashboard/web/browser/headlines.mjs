// One province submits and fills the running year: no headline falls, pages follow the states of years, and a release shows numbers.
import assert from 'node:assert/strict';
import { closeContexts, test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { CLERK, REASON, SCHOOL, send } from './schools.mjs';
import { awaitContent, findViolations, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const YEAR = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'];
const KEY = `BROWSER-YEAR-${Date.now()}`;
const STUDENTS = '境外办学在校生数';
const COLLEGE = '4112900001';
/** The line of a tile about the running year; its line of completeness also says how many provinces have reported. */
const REPORTED = new RegExp(`${YEAR} 年 至今：\\d+ 省中 [1-9]\\d* 省已报`);
const LONGEST_MILLISECONDS = 30_000;
/** The stream looks once a second, and a page asks again at once. */
const SOON_MILLISECONDS = 10_000;

/** Records of the running year, of each service that counts by year; the first one is the parent of the next two. */
const RECORDS = [
  ['overseas', 'overseas-schools', SCHOOL],
  ['overseas', 'overseas-headcounts', { school: KEY, year: YEAR, major: '460301', students: 1600 }],
  [
    'overseas',
    'overseas-trainings',
    { school: KEY, enterprise: '示例企业', people: 40, days: 5, startedOn: `${YEAR}-11-02` },
  ],
  [
    'mobility',
    'outbound-placements',
    {
      college: COLLEGE,
      hostCountry: 'THA',
      hostOrganisation: '示例',
      purpose: 'internship',
      participants: 7_000,
      days: 30,
      startedOn: `${YEAR}-03-01`,
    },
  ],
  [
    'mobility',
    'teacher-assignments',
    {
      college: COLLEGE,
      hostCountry: 'THA',
      hostKind: 'enterprise',
      role: 'training',
      teachers: 3,
      days: 90,
      startedOn: `${YEAR}-03-01`,
    },
  ],
  [
    'standards',
    'credential-recognitions',
    {
      credential: '示例证书',
      course: '示例课程',
      delivery: 'online',
      college: COLLEGE,
      country: 'THA',
      submittedOn: `${YEAR}-02-01`,
      decision: 'recognised',
      decidedOn: `${YEAR}-03-01`,
    },
  ],
];

/** A record that changes a released year by more than a hundredth. */
const LATE = [
  'mobility',
  'outbound-placements',
  {
    college: COLLEGE,
    hostCountry: 'THA',
    hostOrganisation: '示例',
    purpose: 'internship',
    participants: 50_000,
    days: 30,
    startedOn: '2018-06-01',
  },
];

export function keepHeadlines() {
  test.describe.serial(() => {
    /** What each tile of a finished year says of the running year: other cases may have left records of it. */
    const said = {};
    let headlines = [];
    let context;
    let overview;
    let clerk;

    test.beforeAll(async ({ browser, dashboard }) => {
      context = await browser.newContext();
      overview = await context.newPage();
      clerk = await (await browser.newContext()).newPage();
      await signIn(clerk, dashboard, CLERK.id, '/bureaus');
      await signIn(overview, dashboard, OPERATOR.id);
      await awaitContent(overview);
    });
    test.afterAll(closeContexts);

    test('one province that fills the running year of every service takes no headline', async ({
      dashboard,
    }) => {
      const before = await readTiles(overview);
      headlines = await readHeadlines(overview);
      const flows = Object.keys(before).filter((name) => !/至今/.test(before[name].year));
      assert.ok(flows.length >= 4, `${flows} are of a finished year`);

      for (const name of flows) said[name] = await readRunningYear(overview, name);
      for (const service of SERVICES) await moveYear(clerk, service, 'submitted');
      for (const record of RECORDS) await put(clerk, record);
      for (const name of flows) {
        await tileOf(overview, name)
          .getByText(REPORTED)
          .filter({ hasNotText: said[name] })
          .waitFor({ timeout: LONGEST_MILLISECONDS });
      }

      const after = await readTiles(overview);
      for (const name of flows) {
        assert.deepEqual(after[name], before[name], name);
        assert.ok(!(await tileOf(overview, name).innerText()).includes('✓ 1 '), name);
      }
      assert.deepEqual(await readHeadlines(overview), headlines);
      const wall = await context.newPage();
      await wall.goto(`${dashboard}/?kiosk=true`);
      await awaitContent(wall);
      const shown = await readTiles(wall);
      for (const name of flows) assert.deepEqual(shown[name], before[name], `${name} on the wall`);
      await wall.goto(`${dashboard}/explore/overseas-students`);
      await awaitContent(wall);
      const title = await wall.locator('figcaption').innerText();
      assert.ok(!title.includes(`${YEAR}`), title);
      await wall.getByText(REPORTED).first().waitFor();
      await wall.goto(`${dashboard}/explore`);
      await awaitContent(wall);
      const line = wall.locator('main tr', { hasText: STUDENTS }).first();
      assert.match(await line.innerText(), /3[12] 省中 \d+ 省已报/);
      await wall.close();
    });

    test('a submitted year and one that is given back reach the open pages of both', async ({
      dashboard,
    }) => {
      const year = await context.newPage();
      await year.goto(`${dashboard}/bureaus?year=${YEAR}&open=overseas,${CLERK.province}`);
      await awaitContent(year);
      const drawer = year.getByRole('dialog');
      await drawer.getByText('已提交', { exact: false }).first().waitFor();
      await clerk.goto(`${dashboard}/bureaus?open=overseas,${YEAR}`);
      await awaitContent(clerk);
      await clerk.getByRole('button', { name: '收回提交' }).waitFor();

      await drawer.getByRole('button', { name: /^退回/ }).click();
      await drawer.getByRole('textbox', { name: '原因' }).fill('请核对学生数');
      await drawer.getByRole('button', { name: '退回' }).last().click();
      await clerk.getByText('请核对学生数').first().waitFor({ timeout: SOON_MILLISECONDS });
      await clerk.getByRole('button', { name: '提交年度' }).waitFor({ timeout: SOON_MILLISECONDS });

      await moveYear(clerk, 'overseas', 'submitted');
      await drawer.getByRole('button', { name: '接收' }).waitFor({ timeout: SOON_MILLISECONDS });
      await year.close();
    });

    test('a year of another province is as absent as its records', async ({ dashboard }) => {
      await clerk.goto(`${dashboard}/years/overseas/11/${YEAR}`);
      await clerk.getByText('没有找到').first().waitFor();
      assert.equal(await clerk.getByRole('button', { name: '提交年度' }).count(), 0);
    });

    test('a release shows what it changes, and unlocked years need a second word', async ({ dashboard }) => {
      await put(clerk, LATE);
      const page = await context.newPage();
      await page.goto(`${dashboard}/releases`);
      await awaitContent(page);
      const row = page.locator('tr', { hasText: '2018' }).first();
      await row.or(page.getByText('没有新的或变动的年度数据')).first().waitFor({ state: 'hidden' });
      for (let tried = 0; tried < 10 && !(await row.isVisible()); tried++) {
        await page.getByRole('button', { name: '查看将发布的内容' }).click();
        await page.getByText(/试算于/).waitFor();
      }
      assert.match(
        await row.innerText(),
        /[\d,]+\s+[\d,]+\s+\+[\d,]+\s+\d+\s+△ \d+ 省中 \d+ 省已报、\d+ 省已提交、0 省已锁定/,
      );
      assert.deepEqual(await findViolations(page), []);

      await page.getByRole('button', { name: '发布…' }).click();
      const drawer = page.getByRole('dialog');
      const confirm = drawer.getByRole('button', { name: '发布，不可撤回' });
      await drawer.getByRole('textbox', { name: /请输入“发布”/ }).fill('发布');
      assert.ok(await confirm.isDisabled(), 'one word is not enough');
      assert.equal((await send(page, 'POST', '/api/indicators/v1/releases')).status, 409);
      await drawer.getByRole('textbox', { name: /“未锁定”/ }).fill('未锁定');
      assert.ok(await confirm.isEnabled());
      assert.deepEqual(await findViolations(page), []);
      await page.close();
    });

    test('what the province takes back leaves the headlines as they were', async () => {
      for (const service of SERVICES) await moveYear(clerk, service, 'open');
      for (const record of [...RECORDS.toReversed(), LATE]) await withdraw(clerk, record);
      for (const [name, text] of Object.entries(said)) {
        await tileOf(overview, name).getByText(text).waitFor({ timeout: LONGEST_MILLISECONDS });
      }
      assert.deepEqual(await readHeadlines(overview), headlines);
    });
  });
}

/** What a tile says of the running year: how many provinces have reported, with the value, or that none has. */
async function readRunningYear(page, name) {
  const text = await tileOf(page, name).innerText();
  const [found] = new RegExp(`${REPORTED.source}.*|${YEAR} 年尚未报送`).exec(text) ?? [];
  assert.ok(found, text);
  return found;
}

function tileOf(page, name) {
  return page.locator('article', { hasText: name }).first();
}

/** The number and the year that each tile shows, by its name. */
async function readTiles(page) {
  const tiles = await page.locator('article').evaluateAll((all) =>
    all.map((tile) => {
      const [value, year] = [...tile.querySelectorAll('p')].map((each) => each.innerText);
      return [tile.querySelector('h3').innerText, { value, year: year.split(' · ')[0] }];
    }),
  );
  return Object.fromEntries(tiles);
}

/** The headline of every figure, as the catalogue has it. */
function readHeadlines(page) {
  return page.evaluate(async () => {
    const { items } = await (await fetch('/api/indicators/v1/indicators')).json();
    return items.map(({ code, headline }) => `${code} ${headline.period}`);
  });
}

function pathOf([service, collection]) {
  return `/api/${service}/v1/${collection}/${CLERK.province}/${KEY}`;
}

async function put(page, record) {
  const { status } = await send(page, 'PUT', pathOf(record), record[2]);
  assert.ok(status === 200 || status === 201, `${pathOf(record)} is ${status}`);
}

async function withdraw(page, record) {
  const { status } = await send(page, 'DELETE', `${pathOf(record)}?${REASON}`);
  assert.ok(status === 200 || status === 404, `${pathOf(record)} is ${status}`);
}

/** Moves a year of the clerk's province, whatever state it has. */
async function moveYear(page, service, state) {
  const path = `/api/${service}/v1/years/${CLERK.province}/${YEAR}`;
  const version = await page.evaluate(async (address) => {
    const answer = await fetch(address);
    return answer.ok ? (await answer.json()).version : 0;
  }, path);
  const condition = version > 0 ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' };
  const { status } = await send(page, 'PUT', path, { state }, condition);
  assert.ok(status === 200 || status === 201, `${path} to ${state} is ${status}`);
}
