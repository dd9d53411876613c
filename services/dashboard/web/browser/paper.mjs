// Pages on paper: no menu, black on white, the moment and the address, and tables that are not cut.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const PATHS = ['/', '/explore/overseas-schools?by=year,hostCountry', '/bureaus'];
/** A4 between its margins, at 96 points an inch. */
const PAPER = { width: 688, height: 1017 };

export function printPages() {
  test('a printed page is black on white, whole, and names its moment and address', ({
    dashboard,
    withContext,
  }) =>
    withContext({ colorScheme: 'dark' }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      for (const path of PATHS) {
        await page.goto(dashboard + path);
        await awaitContent(page);
        // The moment comes with the stream, which a busy platform opens after the values.
        await page
          .locator('header')
          .getByText(/截至 \d/)
          .first()
          .waitFor();
        const size = page.viewportSize();
        await page.setViewportSize(PAPER);
        await page.emulateMedia({ media: 'print' });
        await page.getByText(/打印于 \d{4}-/).waitFor();
        const text = await page.locator('main').innerText();
        assert.ok(text.includes(dashboard + path), `${path}: ${text.slice(0, 200)}`);
        assert.match(text, /数据时点：\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
        assert.deepEqual(await findFaultsOnPaper(page), [], path);
        assert.ok((await page.pdf({ format: 'A4' })).length > 0);
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize(size);
        await page.getByText(/打印于/).waitFor({ state: 'detached' });
      }
    }));
}

function findFaultsOnPaper(page) {
  return page.evaluate(() => {
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
    const style = getComputedStyle(document.documentElement);
    const faults = [];
    if (style.color !== 'rgb(0, 0, 0)') faults.push(`text ${style.color}`);
    if (style.backgroundColor !== 'rgb(255, 255, 255)') faults.push(`paper ${style.backgroundColor}`);
    for (const element of document.querySelectorAll(
      'nav, body > div > div > header, main .react-aria-Button',
    )) {
      if (isShown(element)) faults.push(`shown: ${element.tagName} ${element.textContent.slice(0, 40)}`);
    }
    const width = document.documentElement.clientWidth;
    for (const table of document.querySelectorAll('table')) {
      const box = table.getBoundingClientRect();
      if (box.right > width + 1)
        faults.push(`cut at the side: ${table.caption?.textContent} ${box.right} of ${width}`);
      const frame = table.parentElement;
      if (frame.scrollHeight > frame.clientHeight + 1)
        faults.push(`cut below: ${table.caption?.textContent}`);
    }
    return faults;
  });
}
