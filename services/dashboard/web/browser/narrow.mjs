// Pages at 400 % zoom, which is 320 pixels: they have no sideways scroll of their own.
import assert from 'node:assert/strict';
import { PEOPLE } from './people.mjs';
import { CLERK } from './schools.mjs';
import { awaitContent, findSidewaysScroll, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const VIEWPORT = { width: 320, height: 640 };
const HEAD = 'sourceId,name,brand,tier,form,hostCountry,foundingColleges,status,openedOn';
const ROW =
  'NARROW-1,泰国清迈鲁班工坊,luban-workshop,workshop,training-centre,THA,4112900001,open,2026-11-01';
const REFUSED_ROW =
  'NARROW-2,泰国清迈鲁班工坊,luban-workshop,workshop,training-centre,XXX,4112900001,open,2026-11-01';

const PATHS = [
  '/explore/overseas-schools?by=year,hostCountry&view=heat',
  '/explore/overseas-schools?by=year,brand&view=multiples',
  '/explore/overseas-schools?by=hostCountry&view=dots&period=2026',
  '/explore/overseas-schools?by=province&view=provinces&period=2026',
  '/why/overseas-schools?period=2026&tab=causes',
  '/why/overseas-schools?period=2026&tab=records',
  '/why/overseas-schools?period=2026&tab=coverage',
  '/explore/overseas-schools?why=overseas-schools?period=2026',
  '/bureaus',
  '/bureaus?year=all',
  '/bureaus?tab=causes',
  '/bureaus?tab=plans',
  `/bureaus/${CLERK.province}`,
];

export async function zoomIn({ dashboard, run, withContext }) {
  await run.runCase('explore, why and provinces fit a page at 400 % zoom', () =>
    withContext({ viewport: VIEWPORT }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, OPERATOR.id);
      for (const path of PATHS) {
        await page.goto(dashboard + path);
        await awaitContent(page);
        assert.deepEqual(await findSidewaysScroll(page), [], path);
      }
    }),
  );

  await run.runCase('a file is chosen and tried at 400 % zoom', () =>
    withContext({ viewport: VIEWPORT }, async (context) => {
      const page = await context.newPage();
      await signIn(page, dashboard, CLERK.id, '/send/overseas-school');
      await awaitContent(page);
      assert.deepEqual(await findSidewaysScroll(page), []);
      await page.locator('input[type=file]').setInputFiles({
        name: 'schools.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from([HEAD, ROW, REFUSED_ROW].join('\n')),
      });
      await page.getByRole('heading', { name: '对全国数字的影响' }).waitFor();
      await awaitContent(page);
      assert.match(await page.locator('main').innerText(), /NARROW-2/);
      assert.deepEqual(await findSidewaysScroll(page), []);
    }),
  );
}
