// The reference shows the APIs and events of all services to people who have not signed in.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { findSidewaysScroll, findViolations, watchPage } from './visit.mjs';

const OPERATION = '#mobility/tag/inbound-enrolments/GET/v1/inbound-enrolments';
const PAGES = [
  {
    path: '/reference',
    language: 'zh-Hans',
    colorScheme: 'light',
    tag: '来华留学生',
    titles: ['远航 人员往来 · 接口与事件', '联盟订阅事件 · 接口与事件'],
  },
  {
    path: '/en/reference',
    language: 'en',
    colorScheme: 'dark',
    tag: 'Inbound enrolments',
    titles: ['Voyage mobility · APIs and events', 'Voyage feeds events · APIs and events'],
  },
];

export function readReference() {
  for (const { path, language, colorScheme, tag, titles } of PAGES) {
    test(`${path} shows an operation of mobility and a channel of feeds (${colorScheme})`, ({
      dashboard,
      withContext,
    }) =>
      withContext({ colorScheme }, async (context) => {
        let page = await context.newPage();
        const faults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${path}${OPERATION}`);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await page.getByText('/v1/inbound-enrolments').first().waitFor();
        await page.getByRole('heading', { name: tag }).first().waitFor();
        await awaitTitle(page, titles[0]);
        assert.deepEqual(await findViolations(page), []);
        page = await context.newPage();
        const eventFaults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${path}?api=feeds-events`);
        await page.getByText('feeds.alliance', { exact: true }).first().waitFor();
        await awaitTitle(page, titles[1]);
        assert.deepEqual(await findViolations(page), []);
        assert.deepEqual(await findSidewaysScroll(page), []);
        assert.deepEqual([...faults, ...eventFaults], []);
      }));
  }
}

/** The tab is named after the document, once the reader sees a part of it. */
function awaitTitle(page, title) {
  return page.waitForFunction((wanted) => document.title === wanted, title);
}
