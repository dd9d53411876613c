// States that a page has when it has no numbers: each says so in words, in both languages, and is accessible.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { CLERK } from './schools.mjs';
import { findSidewaysScroll, findViolations, signIn } from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const LANGUAGES = [
  { language: 'zh-Hans', prefix: '', colorScheme: 'light', at: 0 },
  { language: 'en', prefix: '/en', colorScheme: 'dark', at: 1 },
];
const VALUES = '**/v1/indicators/overseas-schools/values?**';
const DOWN = {
  status: 503,
  headers: { 'Retry-After': '1' },
  contentType: 'application/problem+json',
  body: JSON.stringify({ status: 503, title: 'Unavailable', titleZh: '暂不可用', detail: '', detailZh: '' }),
};

const DEAD_LETTER = {
  topic: 'overseas.overseas-school',
  partition: 3,
  offset: 4711,
  key: `${CLERK.province}/UNREAD-1`,
  reason: 'the code of brand is unknown',
  storedAt: '2026-11-24T10:00:00Z',
  healed: false,
  message: '',
};

/** Each state with the page that is opened, its text in both languages, and the answers that make it; seen by the clerk. */
const STATES = [
  {
    name: 'a page that does not exist',
    path: '/no-such-page',
    says: ['没有这个页面', 'There is no such page'],
  },
  {
    name: 'a record that does not exist',
    path: `/records/overseas-school/${CLERK.province}/NO-SUCH-RECORD`,
    says: ['没有找到', 'Not found'],
  },
  { name: 'a figure that does not exist', path: '/explore/no-such-figure', says: ['没有找到', 'Not found'] },
  {
    name: 'a page that is forbidden',
    path: '/health',
    says: ['当前账号无权查看', 'This account may not see this'],
  },
  {
    name: 'a list that is empty',
    path: '/submissions?service=standards&state=interrupted',
    says: ['没有符合条件的记录', 'No submission matches'],
  },
  {
    name: 'values that are not reported or suppressed',
    path: '/explore/overseas-schools?by=year&view=bar',
    route: VALUES,
    answer: async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      const hide = (value, at) => ({ ...value, value: null, status: at % 2 ? 'suppressed' : 'not-reported' });
      await route.fulfill({
        json: { ...answer, items: answer.items.map((each, at) => (at < 4 ? hide(each, at) : each)) },
      });
    },
    says: ['不予显示', 'not shown'],
  },
  {
    name: 'values on their way',
    path: '/explore/overseas-schools',
    route: VALUES,
    answer: () => undefined,
    waits: true,
  },
  {
    name: 'names on their way',
    path: '/definitions/overseas-schools',
    route: '**/api/indicators/v1/reference',
    answer: () => undefined,
    says: ['…', '…'],
  },
  {
    name: 'a service that is down',
    path: '/',
    route: '**/api/indicators/v1/indicators',
    answer: (route) => route.fulfill(DOWN),
    says: ['暂不可用', 'Unavailable'],
  },
  {
    name: 'an event that the feeds could not read',
    person: OPERATOR,
    path: '/health',
    route: '**/api/feeds/v1/dead-letters?**',
    answer: (route) => route.fulfill({ json: { items: [DEAD_LETTER], next: null } }),
    says: [DEAD_LETTER.key, DEAD_LETTER.key],
  },
];

export function showStates() {
  for (const { language, prefix, colorScheme, at } of LANGUAGES) {
    test(`states without numbers are said and accessible (${language}, ${colorScheme})`, ({
      dashboard,
      withContext,
    }) =>
      withContext({ colorScheme }, async (context) => {
        const page = await context.newPage();
        let visitor;
        for (const { name, person = CLERK, path, route, answer, says, waits } of STATES) {
          if (person !== visitor) {
            await context.clearCookies();
            await signIn(page, dashboard, person.id);
            visitor = person;
          }
          if (route) await page.route(route, answer);
          await page.goto(dashboard + prefix + path);
          if (waits) await page.locator('main [role=status][aria-label]').first().waitFor();
          else await page.locator('main').getByText(says[at]).first().waitFor();
          assert.deepEqual(await findForeignWords(page, language, person), [], name);
          assert.deepEqual(await findViolations(page), [], name);
          assert.deepEqual(await findSidewaysScroll(page), [], name);
          if (route) await page.unrouteAll({ behavior: 'ignoreErrors' });
        }
      }));
  }
}
