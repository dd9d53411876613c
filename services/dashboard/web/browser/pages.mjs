// Opens every page, tab and view that menus and links lead to, in both languages and for each role, and checks each.
import assert from 'node:assert/strict';
import { createFeed, deleteFeed } from './alliances.mjs';
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

export async function openEveryPage({ dashboard, run, withContext }) {
  await withContext({}, async (context) => {
    const alliance = await context.newPage();
    await signIn(alliance, dashboard, ALLIANCE.id);
    const feed = await createFeed(alliance);
    try {
      for (const look of LANGUAGES) for (const visitor of VISITORS) await openPages(visitor, look);
    } finally {
      await deleteFeed(alliance, feed);
    }
  });

  await run.runCase('the years of all provinces side by side fit a page at 400 % zoom', () =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id, ALL_YEARS);
      await awaitContent(page);
      assert.deepEqual(await findSidewaysScroll(page), []);
    }),
  );

  function openPages({ person, isOwn, begin }, { language, prefix, colorScheme, turn }) {
    return withContext({ colorScheme }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, person.id, `${prefix}/`);
      // A queue of pages, one for each shape, which grows with the tabs and links that the pages contain.
      const seen = new Set();
      const waiting = await begin(page, turn);
      const open = (name, path) =>
        run.runCase(
          `${name} is complete and accessible to ${person.role} (${language}, ${colorScheme})`,
          async () => {
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
          },
        );
      while (waiting.length > 0) {
        const path = waiting.shift();
        if (seen.has(shapeOf(path))) continue;
        seen.add(shapeOf(path));
        await open(shapeOf(path), path);
      }
      if (person === OPERATOR) await open(EXPLAINED, EXPLAINED);
    });
  }
}

/** What moved within a day takes long to count after a whole history was loaded. */
function narrow(path) {
  return path === '/changes' ? `?from=${new Date(Date.now() - MINUTE_MILLISECONDS).toISOString()}` : '';
}
