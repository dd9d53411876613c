// The reference shows the APIs and events of all services to people who have not signed in.
import assert from 'node:assert/strict';
import { findSidewaysScroll, watchPage } from './visit.mjs';

const OPERATION = '#mobility/tag/inbound-enrolments/GET/v1/inbound-enrolments';
const PAGES = [
  { path: '/reference', language: 'zh-Hans', colorScheme: 'light' },
  { path: '/en/reference', language: 'en', colorScheme: 'dark' },
];

export async function readReference({ dashboard, run, withContext }) {
  for (const { path, language, colorScheme } of PAGES) {
    await run.runCase(`${path} shows an operation of mobility and a channel of feeds (${colorScheme})`, () =>
      withContext({ colorScheme }, async (context) => {
        let page = await context.newPage();
        const faults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${path}${OPERATION}`);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await page.getByText('/v1/inbound-enrolments').first().waitFor();
        page = await context.newPage();
        const eventFaults = watchPage(page, dashboard);
        await page.goto(`${dashboard}${path}?api=feeds-events`);
        await page.getByText('feeds.alliance', { exact: true }).first().waitFor();
        assert.deepEqual(await findSidewaysScroll(page), []);
        assert.deepEqual([...faults, ...eventFaults], []);
      }),
    );
  }
}
