// The first page of each role: the tasks of the reader, each with one button that leads to its page.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { CLERK, send } from './schools.mjs';
import { awaitContent, findSidewaysScroll, findViolations, signIn, watchPage } from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const ALLIANCE = PEOPLE.find((person) => person.role === 'alliance');
const LOOKS = [
  { width: 1440, language: 'zh-Hans', prefix: '/', colorScheme: 'light' },
  { width: 800, language: 'en', prefix: '/en', colorScheme: 'dark' },
  { width: 390, language: 'zh-Hans', prefix: '/', colorScheme: 'dark' },
];
const YEAR = new Date().getUTCFullYear() - 2;
const STATEMENT = `/api/standards/v1/years/${CLERK.province}/${YEAR}`;
const REASON = '采认日期缺 3 条，请补报';
const COUNTED_MILLISECONDS = 15_000;

export function openHomes() {
  for (const person of [OPERATOR, CLERK, ALLIANCE]) {
    test(`the home of the ${person.role} fits three widths, is accessible and has one button in each line`, ({
      dashboard,
      withContext,
    }) =>
      withContext({}, async (context) => {
        const page = await context.newPage();
        await signIn(page, dashboard, person.id, '/about');
        const faults = watchPage(page, dashboard);
        for (const { width, language, prefix, colorScheme } of LOOKS) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.goto(dashboard + prefix);
          await awaitContent(page);
          await tasksOf(page, language).waitFor();
          for (const line of await tasksOf(page, language).getByRole('listitem').all()) {
            assert.equal(await line.getByRole('link').count(), 1, await line.innerText());
          }
          assert.deepEqual(await findForeignWords(page, language, person), [], `${width}`);
          assert.deepEqual(await findViolations(page), [], `${width}`);
          assert.deepEqual(await findSidewaysScroll(page), [], `${width}`);
        }
        assert.deepEqual(faults, []);
      }));
  }

  test('a submitted year waits for the operator, and comes back to the bureau with its reason', ({
    dashboard,
    withContext,
  }) =>
    withContext({}, (operators) =>
      withContext({}, async (bureaus) => {
        const clerk = await bureaus.newPage();
        await signIn(clerk, dashboard, CLERK.id, '/about');
        await clerk.goto(`${dashboard}/about`);
        await move(clerk, { state: 'submitted' });
        const operator = await operators.newPage();
        await signIn(operator, dashboard, OPERATOR.id, '/about');
        await operator.goto(`${dashboard}/`);
        const waiting = tasksOf(operator)
          .getByRole('listitem')
          .filter({ hasText: `${YEAR} 年度` })
          .filter({ hasText: '待接收' });
        await waiting.getByRole('link', { name: '去接收' }).click({ timeout: COUNTED_MILLISECONDS });
        await operator.locator('main').getByText('已提交').first().waitFor();
        await move(operator, { state: 'open', reason: REASON });
        await clerk.goto(`${dashboard}/`);
        const givenBack = tasksOf(clerk).getByRole('listitem').filter({ hasText: REASON });
        await givenBack.getByRole('link', { name: '处理' }).click();
        await clerk.waitForURL(`**/years/standards/${CLERK.province}/${YEAR}`);
        await clerk.getByRole('button', { name: '提交年度' }).waitFor();
        await clerk.locator('main').getByText(REASON).first().waitFor();
      }),
    ));
}

function tasksOf(page, language = 'zh-Hans') {
  return page.getByRole('region', { name: language === 'en' ? 'Needs a decision' : '待办事项' });
}

/** Moves the year from whatever version it has. */
async function move(page, to) {
  const version = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return answer.ok ? (await answer.json()).version : 0;
  }, STATEMENT);
  const condition = version > 0 ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' };
  const { status } = await send(page, 'PUT', STATEMENT, to, condition);
  assert.ok(status === 200 || status === 201, `${status} of a year in version ${version}`);
}
