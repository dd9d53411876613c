// A figure moves after writes of a bureau's person; pinned links, the audit and a screen reader know it.
import assert from 'node:assert/strict';
import { closeContexts, test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitValue, CLERK, FIGURE, readValue, timeSchool, watchValue, withdrawSchool } from './schools.mjs';
import { awaitContent, signIn } from './visit.mjs';

const WRITES = process.env.VOYAGE_LONG ? 50 : 12;
const WANTED_MEDIAN_MILLISECONDS = 300;
const WANTED_LONGEST_MILLISECONDS = 1_000;
/** The services of the platform share the machine with the browser. */
const MOST_TIMES_WANTED = 10;
const SPOKEN_MILLISECONDS = 30_000;
const [OPERATOR] = PEOPLE;

/** Pages that show the count of all schools today, each with the place of that number. */
const PAGES = [
  { path: '/', read: readValue },
  {
    path: '/explore/overseas-schools?by=year&view=table',
    read: (page) => readNumber(page.locator('main table tbody td').first()),
  },
  { path: '/why/overseas-schools?tab=definition', read: (page) => readNumber(page.locator('main h1 + p')) },
  {
    path: '/dilemmas/schools',
    read: (page) => readNumber(page.locator('main p', { hasText: '境外办学机构中' }).first()),
  },
];

export function moveFigure() {
  test.describe.serial(() => {
    const keys = [];
    const pinned = [];
    let context;
    let page;
    let clerk;
    let value = Number.NaN;

    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      page = await context.newPage();
      clerk = await (await browser.newContext()).newPage();
    });
    test.afterAll(closeContexts);

    test(`a figure moves after each of ${WRITES} writes, without a reload and without chatter`, async ({
      dashboard,
      note,
    }) => {
      await signIn(clerk, dashboard, CLERK.id);
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      value = await readValue(page);
      const other = await context.newPage();
      for (const { path, read } of PAGES) {
        await other.goto(dashboard + path);
        await awaitContent(other);
        assert.equal(await read(other), value, path);
        pinned.push(await copyPinnedLink(other));
      }
      await other.close();

      await page.bringToFront();
      await page.evaluate(() => (globalThis.notReloaded = true));
      await watchValue(page);
      await watchAnnouncements(page);
      const times = [];
      for (let write = 1; write <= WRITES; write++) {
        keys.push(`BROWSER-${Date.now()}`);
        const { status, at } = await timeSchool(clerk, keys.at(-1));
        assert.equal(status, 201);
        times.push((await awaitPaint(page, value + write)) - at);
      }
      times.sort((one, other) => one - other);
      const median = times[WRITES / 2];
      const longest = times.at(-1);
      note(
        `${WRITES} writes, from the acknowledgement to the pixel: median ${median} ms (wanted: ` +
          `${WANTED_MEDIAN_MILLISECONDS}), longest ${longest} ms (wanted: ${WANTED_LONGEST_MILLISECONDS})`,
      );
      assert.ok(median <= MOST_TIMES_WANTED * WANTED_MEDIAN_MILLISECONDS, `median ${median} ms`);
      assert.ok(longest <= MOST_TIMES_WANTED * WANTED_LONGEST_MILLISECONDS, `longest ${longest} ms`);
      assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
      assert.deepEqual(await page.evaluate(() => globalThis.announced), []);
      await page.locator('ol li', { hasText: CLERK.place }).filter({ hasText: '新增' }).first().waitFor();
    });

    test('pinned links show the figure from before the writes, and say so', async ({ dashboard }) => {
      const old = await context.newPage();
      for (const [at, { path, read }] of PAGES.entries()) {
        await old.goto(pinned[at]);
        await awaitContent(old);
        assert.equal(await read(old), value, pinned[at]);
        assert.ok((await old.locator('main').innerText()).includes('所知的数字'), pinned[at]);
        await old.goto(dashboard + path);
        await awaitContent(old);
        assert.equal(await read(old), value + WRITES, path);
      }
      await old.goto(`${dashboard}/changes?${pinned[0].split('?')[1]}`);
      await old.getByText(/本页只有现在的数据，不能按 .*回看/).waitFor();
      await old.close();
    });

    test('the audit names the person who wrote, and the address', async ({ dashboard }) => {
      const trail = await context.newPage();
      await trail.goto(`${dashboard}/audit?service=overseas&object=${keys[0]}`);
      const entry = trail.locator('main tbody tr').first();
      await entry.waitFor();
      assert.ok((await entry.innerText()).includes(CLERK.id), await entry.innerText());
      assert.match(await entry.innerText(), /127\.0\.0\.1|::1/);
      await trail.close();
    });

    test('the figure comes back when the records are withdrawn, and is read aloud on demand', async () => {
      await page.bringToFront();
      await page.getByRole('button', { name: '朗读变动' }).click();
      for (const key of keys) assert.equal(await withdrawSchool(clerk, key), 200);
      await awaitValue(page, value);
      const spoken = page.locator('[aria-live=polite]', { hasText: FIGURE });
      await spoken.waitFor({ state: 'attached', timeout: SPOKEN_MILLISECONDS });
    });
  });
}

/** The first number of a text. */
async function readNumber(locator) {
  const text = await locator.innerText();
  return Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(',', ''));
}

/** Waits until the tile has shown the value and returns when that was, in milliseconds of the machine's clock. */
async function awaitPaint(page, wanted) {
  const shown = await page.waitForFunction(
    (value) => globalThis.shown.find((each) => each.value === value),
    wanted,
  );
  return (await shown.jsonValue()).at;
}

/** Collects from now on, in the page's `announced`, what regions say that a screen reader reads aloud by itself. */
function watchAnnouncements(page) {
  return page.evaluate(() => {
    globalThis.announced = [];
    const regions = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer]';
    new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
        const region = element?.closest(regions);
        if (region?.innerText.trim()) globalThis.announced.push(region.innerText);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Copies the link of the page, pinned to what is known now, as a person does. */
async function copyPinnedLink(page) {
  await page.bringToFront();
  await page.getByRole('button', { name: /^复制链接/ }).click();
  await page.getByRole('menuitem', { name: /^固定链接/ }).click();
  await page.getByRole('button', { name: /链接已复制/ }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
