// Opens every page, tab and view that menus and links lead to, in both languages and for each role, and checks each.
import assert from 'node:assert/strict';
import { createFeed, deleteFeed } from './alliances.mjs';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { CLERK } from './schools.mjs';
import {
  awaitContent,
  contentPaths,
  findSidewaysScroll,
  findViolations,
  menuPaths,
  shapeOf,
  signIn,
  tabPaths,
  watchPage,
} from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const ALLIANCE = PEOPLE.find((person) => person.role === 'alliance');
/** So many faulty pages have one cause. */
const MOST_FAILURES = 8;
const MINUTE_MILLISECONDS = 60_000;
const LANGUAGES = [
  { language: 'zh-Hans', prefix: '', colorScheme: 'light', turn: 0 },
  { language: 'en', prefix: '/en', colorScheme: 'dark', turn: 1 },
];

/** Views that the pages switch to by buttons; each language looks at every other one. */
const VIEWS = [
  '/explore/overseas-schools?by=year&view=bar',
  '/explore/overseas-schools?by=year,brand&view=stacked',
  '/explore/overseas-schools?by=year,hostCountry&view=heat',
  '/explore/overseas-schools?by=year,brand&view=multiples',
  '/explore/overseas-schools?by=hostCountry&view=ranked&period=2026',
  '/explore/overseas-schools?by=hostCountry&view=dots&period=2026',
  '/explore/overseas-schools?by=province&view=provinces&period=2026',
  '/explore/overseas-schools?by=year&view=table',
];
const EXPLAINED = '/explore/overseas-schools?why=overseas-schools?period=2026';
const ALL_YEARS = '/bureaus?year=all';

/** The operator opens all that the menu leads to; the others open the pages that are their own. */
const VISITORS = [
  {
    person: OPERATOR,
    isOwn: () => true,
    begin: async (page, turn) => [
      ...(await menuPaths(page)),
      ...VIEWS.filter((_, at) => at % LANGUAGES.length === turn),
    ],
  },
  {
    person: CLERK,
    isOwn: (path) => /^\/(send|waiting|bureaus|submissions)(?=[/?]|$)/.test(path),
    begin: async () => ['/send', '/bureaus', '/submissions'],
  },
  {
    person: ALLIANCE,
    isOwn: (path) => path.startsWith('/alliances'),
    begin: async () => ['/alliances'],
  },
];

export function openEveryPage() {
  test.describe(() => {
    let alliance;
    let feed;

    test.beforeAll(async ({ browser, dashboard }) => {
      alliance = await browser.newPage();
      await signIn(alliance, dashboard, ALLIANCE.id);
      feed = await createFeed(alliance);
    });
    test.afterAll(async () => {
      if (feed) await deleteFeed(alliance, feed);
      await alliance.close();
    });

    for (const look of LANGUAGES) for (const visitor of VISITORS) openPages(visitor, look);
  });

  test('the years of all provinces side by side fit a page at 400 % zoom', ({ dashboard, withContext }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id, ALL_YEARS);
      await awaitContent(page);
      assert.deepEqual(await findSidewaysScroll(page), []);
    }));
}

/** Only the menu and the pages themselves say which pages there are: each is a step of one case. */
function openPages({ person, isOwn, begin }, { language, prefix, colorScheme, turn }) {
  const end = `is complete and accessible to ${person.role} (${language}, ${colorScheme})`;
  test(`every page ${end}`, ({ dashboard, note, withContext }) =>
    withContext({ colorScheme }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, person.id, `${prefix}/`);
      // A queue of pages, one for each shape, which grows with the tabs and links that the pages contain.
      const seen = new Set();
      const waiting = await begin(page, turn);
      const failures = [];
      const open = (name, path) =>
        test
          .step(`${name} ${end}`, async () => {
            const faults = watchPage(page, dashboard);
            try {
              await page.goto(`${dashboard}${prefix}${path}${narrow(path)}`);
              await awaitContent(page);
              assert.equal(await page.locator('html').getAttribute('lang'), language);
              waiting.push(...[...(await tabPaths(page)), ...(await contentPaths(page))].filter(isOwn));
              assert.deepEqual(await findForeignWords(page, language, person), []);
              assert.deepEqual(await findViolations(page), []);
              assert.deepEqual(await findSidewaysScroll(page), []);
              assert.deepEqual(faults, []);
            } finally {
              page.removeAllListeners();
            }
          })
          .catch((error) => failures.push(`${name}: ${error.message}`));
      while (waiting.length > 0 && failures.length < MOST_FAILURES) {
        const path = waiting.shift();
        if (seen.has(shapeOf(path))) continue;
        seen.add(shapeOf(path));
        await open(shapeOf(path), path);
      }
      if (person === OPERATOR) await open(EXPLAINED, EXPLAINED);
      note(`${seen.size} pages of ${person.role}`);
      assert.ok(failures.length === 0, failures.join('\n\n'));
    }));
}

/** What moved within a day takes long to count after a whole history was loaded. */
function narrow(path) {
  return path === '/changes' ? `?from=${new Date(Date.now() - MINUTE_MILLISECONDS).toISOString()}` : '';
}
