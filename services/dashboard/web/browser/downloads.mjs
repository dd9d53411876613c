// A chart is saved from its page: the numbers as CSV and XLSX, the picture with its title, moment and source.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { awaitContent, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const ZIP = Buffer.from('PK');
const LEAST_PICTURE_BYTES = 5_000;
const LEAST_PIXELS = 800;

export function saveFiles() {
  test('a chart is saved as CSV, XLSX and as a picture that names its title and moment', ({
    dashboard,
    withContext,
  }) =>
    withContext({ acceptDownloads: true }, async (context) => {
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.painted = [];
        const paint = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
          globalThis.painted.push(text);
          return paint.call(this, text, ...more);
        };
      });
      await signIn(page, dashboard, OPERATOR.id, '/explore/overseas-schools?by=year,brand&view=stacked');
      await awaitContent(page);
      await page.locator('main figure canvas').first().waitFor();
      const files = page.getByRole('group', { name: '下载' });

      const csv = await save(page, files.getByRole('link', { name: 'CSV', exact: true }));
      assert.equal(csv.name, 'overseas-schools.csv');
      const lines = csv.bytes.toString('utf8').trim().split(/\r?\n/);
      assert.match(lines.join('\n'), /luban-workshop/);
      assert.ok(lines.length > 10, `${lines.length} lines`);

      const xlsx = await save(page, files.getByRole('link', { name: 'XLSX', exact: true }));
      assert.equal(xlsx.name, 'overseas-schools.xlsx');
      assert.deepEqual(xlsx.bytes.subarray(0, 2), ZIP);

      const title = await page.locator('main figcaption').innerText();
      const source = await page.getByText(/^来源：远航/).innerText();
      await page.evaluate(() => (globalThis.painted = []));
      const png = await save(page, files.getByRole('button', { name: 'PNG' }));
      assert.equal(png.name, 'overseas-schools.png');
      assert.deepEqual(png.bytes.subarray(0, 4), PNG);
      assert.ok(png.bytes.length > LEAST_PICTURE_BYTES, `${png.bytes.length} bytes`);
      assert.ok(png.bytes.readUInt32BE(16) > LEAST_PIXELS, `${png.bytes.readUInt32BE(16)} pixels wide`);
      // Long lines are painted in parts.
      const painted = (await page.evaluate(() => globalThis.painted)).join('').replace(/\s/g, '');
      assert.ok(painted.includes(title.replace(/\s/g, '')), `${title} is not in ${painted}`);
      assert.ok(painted.includes(source.replace(/\s/g, '')), `${source} is not in ${painted}`);
      assert.match(source, /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
    }));
}

/** Presses a control and returns the file that comes. */
async function save(page, control) {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
