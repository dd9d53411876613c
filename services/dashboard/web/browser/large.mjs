// A result of 200,000 rows: the table scrolls to its last row, and the page holds the rows that are seen only.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const ROWS = 200_000;
const MOST_DRAWN = 1_200;
const MOST_PRINTED = 2_000;
const MOST_SCROLL_MILLISECONDS = 5_000;

export function scrollLargeResult() {
  test('a result of 200,000 rows scrolls to its last row', ({ dashboard, note, withContext }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      // No demonstration has as many places: the answer of the platform gets generated lines.
      await page.route('**/v1/indicators/overseas-schools/values?**', async (route) => {
        const response = await route.fetch().catch(() => undefined);
        if (!response?.ok()) return response ? route.fulfill({ response }) : route.abort();
        const answer = await response.json();
        const items = Array.from({ length: ROWS }, (_, at) => ({ hostCountry: `R${at}`, value: ROWS - at }));
        await route.fulfill({ json: { ...answer, items, others: undefined } });
      });
      const begun = performance.now();
      await page.goto(`${dashboard}/explore/overseas-schools?by=hostCountry&view=ranked&period=2026`);
      await awaitContent(page);
      const table = page.locator('main table').last();
      await table.locator('tbody th').first().waitFor();
      const shown = Math.round(performance.now() - begun);
      assert.equal(await table.getAttribute('aria-rowcount'), String(ROWS + 2));
      assert.ok((await page.locator('main li, main tr').count()) < MOST_DRAWN);

      const scrolled = await table.evaluate(async (element) => {
        const frame = element.parentElement;
        const steps = [];
        for (const part of [0.25, 0.5, 0.75, 1]) {
          const start = performance.now();
          frame.scrollTop = part * frame.scrollHeight;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          steps.push(performance.now() - start);
        }
        return Math.max(...steps);
      });
      await table.getByRole('rowheader', { name: '合计' }).waitFor();
      note(`200,000 rows: shown after ${shown} ms, the slowest jump ${Math.round(scrolled)} ms`);
      assert.ok(scrolled < MOST_SCROLL_MILLISECONDS, `${scrolled} ms`);

      await page.emulateMedia({ media: 'print' });
      await page.getByText(/另有 [\d,]+ 行未打印/).waitFor();
      assert.equal(await table.locator('tbody tr').count(), MOST_PRINTED);
    }));
}
