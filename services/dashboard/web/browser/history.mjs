// A tile shows how its figure moved over the last day; where too little is known it shows nothing, and nothing moves.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { FIGURE } from './schools.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const TILES = 12;
const LONGEST_MILLISECONDS = 180_000;
const HOUR_MILLISECONDS = 3_600_000;

export function showHistory() {
  test('a tile shows the course of a day in words too, and its coming moves nothing', ({
    dashboard,
    withContext,
  }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      let release;
      const held = new Promise((done) => (release = done));
      let waiting = TILES;
      let finish;
      const answered = new Promise((done, fail) => {
        finish = done;
        setTimeout(
          () => fail(new Error(`${waiting} histories were not asked for`)),
          LONGEST_MILLISECONDS,
        ).unref();
      });
      answered.catch(() => undefined);
      // The platform of a test knows no whole day: one figure gets one, of the others one point is known.
      await page.route('**/v1/indicators/*/history?**', async (route) => {
        await held;
        const isShown = route.request().url().includes('/overseas-schools/');
        const response = await route.fetch().catch(() => undefined);
        // The page repeats a refused question.
        if (!response?.ok()) return response ? route.fulfill({ response }) : route.abort();
        const answer = await response.json();
        await route.fulfill({ json: { ...answer, items: isShown ? aDay() : answer.items.slice(0, 1) } });
        if (--waiting === 0) finish();
      });
      const asked = page.waitForRequest(/\/history\?/, { timeout: LONGEST_MILLISECONDS });
      asked.catch(() => undefined);
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      await asked;
      const before = await placesOfTiles(page);
      release();
      const tile = page.locator('article', { hasText: FIGURE }).first();
      const line = tile.getByRole('img', { name: /所知为 1，现为 \d/ });
      await line.waitFor({ timeout: LONGEST_MILLISECONDS });
      assert.match(await tile.innerText(), /近一日 \+\d/);
      await answered;
      assert.deepEqual(await placesOfTiles(page), before);
      assert.equal(await page.getByRole('img', { name: /所知为/ }).count(), 1);

      await page.getByRole('button', { name: /近一日/ }).click();
      await page.getByRole('option', { name: '近一月' }).click();
      await tile.getByText(/近一月 \+\d/).waitFor({ timeout: LONGEST_MILLISECONDS });
      assert.match(page.url(), /[?&]over=month/);
    }));
}

/** 25 points an hour apart, as the API writes them. */
function aDay() {
  const last = Math.floor(Date.now() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  return Array.from({ length: 25 }, (_, at) => ({
    time: new Date(last - (24 - at) * HOUR_MILLISECONDS).toISOString(),
    value: at + 1,
  }));
}

/** Places of the tiles below the first one: a message above all tiles may come at any time. */
function placesOfTiles(page) {
  return page.locator('article').evaluateAll((tiles) => {
    const begin = tiles[0].getBoundingClientRect().top;
    return tiles.map((tile) => {
      const { top, height } = tile.getBoundingClientRect();
      return [Math.round(top - begin), Math.round(height)];
    });
  });
}
