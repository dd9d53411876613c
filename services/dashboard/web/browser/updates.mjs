// The overview under 20 changes a second: each reaches the page, no task blocks it, and its memory stays flat.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitValue, changeSchools, CLERK, FIGURE, readValue } from './schools.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const RATE_PER_SECOND = 20;
/** Ten minutes in the long run. */
const SECONDS = process.env.VOYAGE_LONG ? 600 : 10;
const WARM_UP_SECONDS = 4;
const KEYS = Array.from({ length: 10 }, (_, at) => `BROWSER-RATE-${Date.now()}-${at}`);
/** Caches that fill once; a leak of one change a second would be more within the long run. */
const MOST_GROWTH_BYTES = 3 * 1024 * 1024;
const LONGEST_TASK_MILLISECONDS = 50;
/** A loaded service sends the figure less often than it changes. */
const LEAST_PAINTS = SECONDS / 4;
const ARRIVAL_MILLISECONDS = 60_000;

export function keepUp() {
  test('20 changes a second leave the page quick and its memory flat', ({ dashboard, note, withContext }) =>
    withContext({}, (context) =>
      withContext({}, async (clerkContext) => {
        const clerk = await clerkContext.newPage();
        const page = await context.newPage();
        await signIn(clerk, dashboard, CLERK.id);
        await signIn(page, dashboard, OPERATOR.id);
        await awaitContent(page);
        const value = await readValue(page);
        const memory = await openMemory(context, page);

        assert.deepEqual(
          await changeSchools(clerk, { keys: KEYS, rate: RATE_PER_SECOND, seconds: WARM_UP_SECONDS }),
          [],
        );
        await awaitValue(page, value, ARRIVAL_MILLISECONDS);
        const before = await memory();
        await watchWork(page);
        const begun = performance.now();
        assert.deepEqual(
          await changeSchools(clerk, { keys: KEYS, rate: RATE_PER_SECOND, seconds: SECONDS }),
          [],
        );
        await awaitValue(page, value, ARRIVAL_MILLISECONDS);
        const passed = performance.now() - begun;
        const { tasks, paints } = await page.evaluate(() => globalThis.work);
        const after = await memory();

        const long = tasks.filter((each) => each > LONGEST_TASK_MILLISECONDS);
        note(
          `${RATE_PER_SECOND * SECONDS} changes in ${Math.round(passed / 1000)} s: ${paints} paints of the figure, ` +
            `${long.length} tasks over ${LONGEST_TASK_MILLISECONDS} ms (longest ${Math.round(Math.max(0, ...long))} ms), ` +
            `heap ${kilobytes(before.bytes)} to ${kilobytes(after.bytes)}, ${before.nodes} to ${after.nodes} nodes`,
        );
        // Long tasks are reported and not judged: the services of the platform share the machine with the page.
        assert.ok(paints >= LEAST_PAINTS, `the figure moved ${paints} times only`);
        assert.ok(after.bytes - before.bytes < MOST_GROWTH_BYTES, `${after.bytes - before.bytes} bytes more`);
      }),
    ));
}

const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KiB`;

/** Returns a function that measures what the page holds after its garbage is collected. */
async function openMemory(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const valueOf = (name) => metrics.find((metric) => metric.name === name).value;
    return { bytes: valueOf('JSHeapUsedSize'), nodes: valueOf('Nodes') };
  };
}

/** Counts from now on the long tasks of the page, and how often the tile of the figure changes. */
function watchWork(page) {
  return page.evaluate((figure) => {
    const work = { tasks: [], paints: 0 };
    globalThis.work = work;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) work.tasks.push(duration);
    }).observe({ type: 'longtask' });
    const tile = [...document.querySelectorAll('article')].find((each) => each.innerText.includes(figure));
    new MutationObserver(() => work.paints++).observe(tile.querySelector('p'), {
      subtree: true,
      childList: true,
      characterData: true,
    });
  }, FIGURE);
}
