// Eight tabs of one browser share one stream, and each shows what comes.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitValue, CLERK, putSchool, readValue, withdrawSchool } from './schools.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const KEY = `BROWSER-TABS-${Date.now()}`;
const PATHS = [
  '/',
  '/?kiosk=true',
  '/?figure=inbound-students',
  '/en/',
  '/explore/overseas-schools',
  '/why/overseas-schools?tab=definition',
  '/bureaus',
  '/about',
];

export function shareStream() {
  test('eight tabs need one stream, and all of them move', ({ dashboard, withContext }) =>
    withContext({}, (context) =>
      withContext({}, async (clerkContext) => {
        const clerk = await clerkContext.newPage();
        await signIn(clerk, dashboard, CLERK.id, '/about');
        const own = [];
        context.on('request', (request) => {
          if (request.url().includes('/indicators/stream?')) own.push(request.url());
        });
        const tabs = [];
        for (const path of PATHS) {
          const tab = await context.newPage();
          if (tabs.length === 0) await signIn(tab, dashboard, OPERATOR.id);
          else await tab.goto(dashboard + path);
          tabs.push(tab);
        }
        for (const tab of tabs) await awaitContent(tab);
        assert.equal(await countStreamHolders(context, tabs[0]), 1);
        assert.deepEqual(own, [], 'no tab opens a stream of its own');

        const overviews = tabs.slice(0, 3);
        const value = await readValue(overviews[0]);
        assert.equal(await putSchool(clerk, KEY), 201);
        for (const tab of overviews) await awaitValue(tab, value + 1);
        assert.equal(await withdrawSchool(clerk, KEY), 200);
        for (const tab of overviews) await awaitValue(tab, value);
      }),
    ));
}

/** Counts the workers of the browser of one person that hold a stream. */
async function countStreamHolders(context, page) {
  const session = await context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const { targetInfos } = await session.send('Target.getTargets');
  return targetInfos.filter(
    ({ type, url, browserContextId }) =>
      type === 'shared_worker' &&
      url.includes('/sharedStream') &&
      browserContextId === targetInfo.browserContextId,
  ).length;
}
