// The main controls and the content are reached with the keyboard alone.
import assert from 'node:assert/strict';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const CONTROLS = [/^搜索/, /^数据时点/, /^复制链接/, /^English/, /^设置/];

export async function useKeyboard({ dashboard, run, withContext }) {
  await run.runCase('the keyboard alone reaches the content, the controls and the search', () =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      await page.goto(dashboard);
      await awaitContent(page);

      await page.keyboard.press('Tab');
      assert.equal((await focused(page)).name, '跳到正文');
      assert.ok((await focused(page)).visible, 'the link that skips the menu shows when it has the focus');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok((await focused(page)).inMain, 'after the skip the focus is in the content');

      await page.goto(dashboard);
      await awaitContent(page);
      const reached = [];
      for (let step = 0; step < 40 && !reached.some((stop) => stop.inMain); step++) {
        await page.keyboard.press('Tab');
        reached.push(await focused(page));
      }
      const names = reached.map((stop) => stop.name);
      for (const control of CONTROLS)
        assert.ok(
          names.some((name) => control.test(name)),
          `${control} in ${names}`,
        );
      const menu = await page.locator('nav a').allInnerTexts();
      for (const entry of menu) assert.ok(names.includes(entry), `${entry} in ${names}`);
      assert.deepEqual(
        reached.filter((stop) => !stop.marked).map((stop) => stop.name),
        [],
        'each control that has the focus shows it',
      );

      await page.keyboard.press('/');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }),
  );
}

/** Returns what has the focus: its name, whether it can be seen, and whether a ring or a colour marks it. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      name: (element.getAttribute('aria-label') ?? element.innerText ?? '').trim(),
      inMain: element.closest('main') !== null && element.id !== 'content',
      visible: box.bottom > 0 && box.top < innerHeight && box.width > 0,
      marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    };
  });
}
