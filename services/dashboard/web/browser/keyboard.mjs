// The main controls, the content and what the search finds are reached with the keyboard alone.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, findViolations, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const MOST_RESULTS = 30;
const CONTROLS = [/^搜索/, /^数据时点/, /^复制链接/, /^English/, /^设置/];

export function useKeyboard() {
  test('the keyboard alone reaches the content, the controls and the search', ({ dashboard, withContext }) =>
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
    }));

  test('the search leads to pages, figures, places and records, with the keyboard alone', ({
    dashboard,
    withContext,
  }) =>
    withContext({}, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      await awaitContent(page);
      const { items } = await (
        await page.request.get(`${dashboard}/api/overseas/v1/overseas-schools?limit=1`)
      ).json();
      const record = `${items[0].province}/${items[0].sourceId}`;
      const ofRecord = new RegExp(`记录.* · ${items[0].sourceId}$`, 's');
      for (const { text, found, path } of [
        { text: '对账', found: /页面\s*对账/, path: '/reconciliation' },
        { text: '境外办学机构', found: /指标\s*境外办学机构数$/, path: '/explore/overseas-schools' },
        {
          text: '泰国 机构',
          found: /地方\s*泰国 · 境外办学机构数/,
          path: '/explore/overseas-schools?hostCountry=THA',
        },
        { text: '广西', found: /地方\s*广西$/, path: '/bureaus/45' },
        { text: 'laihua', found: /指标\s*来华留学生数$/, path: '/explore/inbound-students' },
        { text: record, found: ofRecord, path: `/records/overseas-school/${record}` },
      ]) {
        await page.keyboard.press('/');
        const dialog = page.getByRole('dialog');
        await dialog.locator('input:focus').waitFor();
        await page.keyboard.type(text);
        await dialog.getByRole('menuitem', { name: found }).waitFor();
        // The list renders after the field names its active item.
        await page.waitForFunction(() => {
          const active = document.activeElement?.getAttribute('aria-activedescendant');
          return !active || document.getElementById(active);
        });
        assert.deepEqual(await findViolations(page), [], text);
        const chosen = dialog.locator('[role=menuitem][data-focused]', { hasText: found });
        for (let step = 0; step < MOST_RESULTS && (await chosen.count()) === 0; step++)
          await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForURL(dashboard + path);
        await dialog.waitFor({ state: 'detached' });
        await awaitContent(page);
      }
      await page.keyboard.press('/');
      await page.getByRole('dialog').locator('input:focus').waitFor();
      await page.keyboard.type('没有这样的东西');
      await page.getByText('没有找到。记录请按').waitFor();
    }));
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
