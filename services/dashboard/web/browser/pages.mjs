// Opens every page that the menu and the pages' links lead to, in both languages, and checks each.
import assert from 'node:assert/strict';
import { PEOPLE } from './people.mjs';
import {
  awaitContent,
  contentPaths,
  findSidewaysScroll,
  findViolations,
  menuPaths,
  shapeOf,
  signIn,
  watchPage,
} from './visit.mjs';
import { findForeignWords } from './wording.mjs';

const [OPERATOR] = PEOPLE;
const MINUTE_MILLISECONDS = 60_000;

export async function openEveryPage({ dashboard, run, withContext }) {
  for (const { language, prefix, colorScheme } of [
    { language: 'zh-Hans', prefix: '', colorScheme: 'light' },
    { language: 'en', prefix: '/en', colorScheme: 'dark' },
  ]) {
    await withContext({ colorScheme }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id, `${prefix}/`);
      // A queue of pages, one for each shape, which grows with the links that the pages contain.
      const seen = new Set();
      const waiting = await menuPaths(page);
      while (waiting.length > 0) {
        const path = waiting.shift();
        if (seen.has(shapeOf(path))) continue;
        seen.add(shapeOf(path));
        await run.runCase(
          `${shapeOf(path)} is complete and accessible (${language}, ${colorScheme})`,
          async () => {
            const faults = watchPage(page, dashboard);
            try {
              await page.goto(`${dashboard}${prefix}${path}${narrow(path)}`);
              await awaitContent(page);
              assert.equal(await page.locator('html').getAttribute('lang'), language);
              waiting.push(...(await contentPaths(page)));
              assert.deepEqual(await findForeignWords(page, language, OPERATOR), []);
              assert.deepEqual(await findViolations(page), []);
              assert.deepEqual(await findSidewaysScroll(page), []);
              assert.deepEqual(faults, []);
            } finally {
              page.removeAllListeners();
            }
          },
        );
      }
    });
  }
}

/** What moved within a day takes long to count after a whole history was loaded. */
function narrow(path) {
  return path === '/changes' ? `?from=${new Date(Date.now() - MINUTE_MILLISECONDS).toISOString()}` : '';
}
