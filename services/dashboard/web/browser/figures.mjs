// A figure on the overview moves after writes of a bureau's person; the pinned link and the audit know it.
import assert from 'node:assert/strict';
import { PEOPLE } from './people.mjs';
import { awaitValue, CLERK, putSchool, readValue, withdrawSchool } from './schools.mjs';
import { awaitContent, signIn } from './visit.mjs';

const WRITES = 5;
const [OPERATOR] = PEOPLE;

export async function moveFigure({ dashboard, run, withContext }) {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await withContext({ permissions }, (context) =>
    withContext({}, async (clerkContext) => {
      const page = await context.newPage();
      const clerk = await clerkContext.newPage();
      const keys = [];
      let pinned = '';
      let value = Number.NaN;

      await run.runCase('a figure moves after each write, without a reload', async () => {
        await signIn(clerk, dashboard, CLERK.id);
        await signIn(page, dashboard, OPERATOR.id);
        await awaitContent(page);
        await page.evaluate(() => (globalThis.notReloaded = true));
        value = await readValue(page);
        pinned = await copyPinnedLink(page);
        const times = [];
        for (let write = 0; write < WRITES; write++) {
          keys.push(`BROWSER-${Date.now()}`);
          assert.equal(await putSchool(clerk, keys.at(-1)), 201);
          times.push(await awaitValue(page, value + write + 1));
        }
        times.sort((one, other) => one - other);
        run.note(
          `from the acknowledgement to the pixel: median ${times[Math.floor(WRITES / 2)]} ms, longest ${times.at(-1)} ms`,
        );
        assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
        await page.locator('ol li', { hasText: CLERK.place }).filter({ hasText: '新增' }).first().waitFor();
      });

      await run.runCase('a pinned link shows the figure from before the writes, and says so', async () => {
        const old = await context.newPage();
        await old.goto(pinned);
        await awaitContent(old);
        assert.equal(await readValue(old), value);
        assert.ok((await old.locator('main').innerText()).includes('所知的数字'));
        await old.close();
      });

      await run.runCase('the audit names the person who wrote, and the address', async () => {
        await page.goto(`${dashboard}/audit?service=overseas&object=${keys[0]}`);
        const entry = page.locator('main tbody tr').first();
        await entry.waitFor();
        assert.ok((await entry.innerText()).includes(CLERK.id), await entry.innerText());
        assert.match(await entry.innerText(), /127\.0\.0\.1|::1/);
      });

      await run.runCase('the figure comes back when the records are withdrawn', async () => {
        await page.goto(dashboard);
        await awaitContent(page);
        for (const key of keys) {
          assert.equal(await withdrawSchool(clerk, key), 200);
        }
        await awaitValue(page, value);
      });
    }),
  );
}

/** Copies the link of the page, pinned to what is known now, as a person does. */
async function copyPinnedLink(page) {
  await page.getByRole('button', { name: /^复制链接/ }).click();
  await page.getByRole('menuitem', { name: /^固定链接/ }).click();
  await page.getByRole('button', { name: /链接已复制/ }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
