// The largest paint of the overview, next to that of a static page with the same numbers, and its first values.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const ROUNDS = 3;
const WANTED_MILLISECONDS = 600;
/** The services of the platform share the machine with the browser. */
const MOST_LATER_MILLISECONDS = 10 * WANTED_MILLISECONDS;
const WANTED_ANSWER_MILLISECONDS = 300;
const MOST_ANSWER_MILLISECONDS = 10 * WANTED_ANSWER_MILLISECONDS;

export function paintSoon() {
  test('the overview is painted soon after a static page with the same numbers', async ({
    dashboard,
    note,
    withContext,
  }) => {
    let session;
    let numbers;
    await withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      numbers = await page.locator('article').evaluateAll((tiles) => tiles.map((tile) => tile.innerText));
      session = await context.storageState();
    });
    const still = [];
    const overview = [];
    const answers = [];
    for (let round = 0; round < ROUNDS; round++) {
      still.push(
        (await measurePaint(withContext, session, `${dashboard}/static`, writeStaticPage(numbers))).paint,
      );
      const { paint, questions } = await measurePaint(withContext, session, dashboard);
      overview.push(paint);
      assert.equal(questions.length, 1, 'the early answer was not taken');
      answers.push(questions[0]);
    }
    const shown = Math.round(Math.min(...overview));
    const least = Math.round(Math.min(...still));
    note(
      `largest paint: static page ${least} ms, overview ${shown} ms, ${shown - least} ms later ` +
        `(wanted: ${WANTED_MILLISECONDS} ms)`,
    );
    assert.ok(shown - least <= MOST_LATER_MILLISECONDS, `${shown - least} ms later`);
    const answer = Math.round(Math.min(...answers));
    note(`first values: answered after ${answer} ms (wanted: ${WANTED_ANSWER_MILLISECONDS} ms)`);
    assert.ok(answer > 0 && answer <= MOST_ANSWER_MILLISECONDS, `${answer} ms`);
  });
}

/**
 * Opens an address with nothing in the cache; the page is `html` where it is given. Returns the largest paint, and how
 * long each answer with the first values took, in milliseconds.
 */
async function measurePaint(withContext, storageState, address, html) {
  let paint = Number.NaN;
  let questions = [];
  await withContext({ storageState }, async (context) => {
    const page = await context.newPage();
    if (html) await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(address);
    await page.locator('article p', { hasText: /\d/ }).nth(11).waitFor();
    await awaitContent(page);
    paint = await page.evaluate(
      () =>
        new Promise((done) => {
          setTimeout(() => done(Number.NaN), 20_000);
          new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          });
        }),
    );
    questions = await timeQuestions(page);
  });
  return { paint, questions };
}

/** How long each question for the values by year took at the begin; `early.js` asks before the other scripts. */
function timeQuestions(page) {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => /\/v1\/values\?.*&by=year&/.test(name) && startTime < 15_000)
      .map(({ startTime, responseEnd }) => responseEnd - startTime),
  );
}

function writeStaticPage(tiles) {
  const escape = (text) => text.replace(/[&<]/g, (character) => `&#${character.charCodeAt(0)};`);
  const articles = tiles.map((tile) => {
    const [name, value, ...more] = tile.split('\n').filter(Boolean).map(escape);
    return `<article><h3>${name}</h3><p style="font-size:30px">${value}</p><p>${more.join(' · ')}</p></article>`;
  });
  return `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>static</title>
<body><main><h1>总览</h1><div style="display:grid;grid-template-columns:repeat(4,1fr)">${articles.join('')}</div></main>`;
}
