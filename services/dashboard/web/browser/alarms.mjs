// A recomputation that finds other values raises an alarm on every page of the people who watch figures.
import assert from 'node:assert/strict';
import { test } from './fixtures.mjs';
import { PEOPLE } from './people.mjs';
import { CLERK } from './schools.mjs';
import { findViolations, menuPaths, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const ALARM = /复核发现 3 个数值不符/;
const DIFFERS = { verdict: 'differs', differences: 3, finishedAt: '2026-11-28T01:00:00Z' };

export function raiseAlarm() {
  for (const { id, role } of [OPERATOR, CLERK]) {
    test(`an alarm shows on every page of the ${role}`, ({ dashboard, withContext }) =>
      withContext({}, async (context) => {
        const page = await context.newPage();
        await page.route('**/v1/proofs/newest', (route) => route.fulfill({ json: DIFFERS }));
        await signIn(page, dashboard, id);
        const alarm = page.getByRole('alert').filter({ hasText: ALARM });
        for (const path of await menuPaths(page)) {
          await page.locator(`nav a[href="${path}"]`).first().click();
          await page.locator(`nav a[href="${path}"][aria-current="page"]`).first().waitFor();
          await alarm.waitFor();
          assert.ok(await alarm.evaluate((bar) => bar.getBoundingClientRect().top < innerHeight), path);
        }
        assert.deepEqual(await findViolations(page), []);
        // Only operators and auditors may read the numbers behind it.
        assert.equal(await alarm.getByRole('link').count(), role === 'operator' ? 1 : 0);
      }));
  }
}
