// A session that ends elsewhere covers the page, and a new sign-in gives the page back with what was typed.
import assert from 'node:assert/strict';
import { PEOPLE } from './people.mjs';
import { awaitContent, findViolations, signIn } from './visit.mjs';

const [OPERATOR] = PEOPLE;
const TYPED = 'code: typed-before-the-session-ended';

export async function endSession({ dashboard, run, withContext }) {
  await run.runCase(
    'a session that ended in another tab is said, and a new sign-in keeps what was typed',
    () =>
      withContext({}, async (context) => {
        const form = await context.newPage();
        await signIn(form, dashboard, OPERATOR.id, '/definitions/rehearsal');
        await form.locator('textarea').fill(TYPED);

        const other = await context.newPage();
        await other.goto(`${dashboard}/about`);
        await other.getByRole('button', { name: /^设置/ }).click();
        await other.getByRole('button', { name: '退出登录' }).click();
        await other.getByRole('button', { name: '登录' }).waitFor();

        const over = form.getByRole('alertdialog');
        await over.waitFor();
        assert.deepEqual(await findViolations(form), []);
        const [again] = await Promise.all([context.waitForEvent('page'), over.getByRole('link').click()]);
        await again.locator(`button[value="${OPERATOR.id}"]`).click();
        await again.locator('nav a').first().waitFor();
        await form.bringToFront();
        await over.waitFor({ state: 'detached' });
        assert.equal(await form.locator('textarea').inputValue(), TYPED);
        await awaitContent(form);
      }),
  );
}
