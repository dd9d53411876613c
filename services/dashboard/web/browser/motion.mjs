// People who want no motion get none: charts appear at once, and nothing moves when figures do.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
/** A chart that is empty, and the same chart with its bars. */
const MOST_PICTURES = 2;
const WATCHED_MILLISECONDS = 900;

export function standStill() {
  test('with reduced motion charts are drawn at once and nothing is animated', async ({
    dashboard,
    note,
    withContext,
  }) => {
    const pictures = {};
    for (const reducedMotion of ['no-preference', 'reduce']) {
      await withContext({ reducedMotion }, async (context) => {
        const page = await context.newPage();
        await signIn(page, dashboard, OPERATOR.id, '/explore/overseas-schools?by=year&view=table');
        await awaitContent(page);
        // The charts are loaded before they are watched.
        await page.getByRole('radio', { name: '折线' }).click();
        await page.locator('main figure canvas').first().waitFor();
        pictures[reducedMotion] = await countPictures(page, '柱状');
        if (reducedMotion === 'reduce') {
          assert.deepEqual(await findAnimations(page), []);
          await page.goto(dashboard);
          await page.locator('article').first().waitFor();
          assert.deepEqual(await findAnimations(page), []);
        }
      });
    }
    note(`different pictures of a chart while it appears: ${JSON.stringify(pictures)}`);
    assert.ok(pictures.reduce <= MOST_PICTURES, JSON.stringify(pictures));
    assert.ok(pictures['no-preference'] > MOST_PICTURES, JSON.stringify(pictures));
  });
}

/** Switches to another view and counts how many different pictures its chart goes through. */
function countPictures(page, view) {
  return page.evaluate(
    async ([view, watched]) => {
      const pictures = new Set();
      [...document.querySelectorAll('main [role=radio]')]
        .find((each) => each.innerText.includes(view))
        .click();
      const end = performance.now() + watched;
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        const canvas = document.querySelector('main figure canvas');
        if (canvas) pictures.add(canvas.toDataURL());
      }
      return pictures.size;
    },
    [view, WATCHED_MILLISECONDS],
  );
}

/** Returns what the page animates for longer than a blink. */
function findAnimations(page) {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1)
      .map(({ effect }) => `${effect.target?.className} ${effect.getComputedTiming().duration} ms`),
  );
}
