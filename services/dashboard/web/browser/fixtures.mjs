// What the tests are given: the addresses of the platform, a browser of each person's own, and a place for numbers.
import { test as base } from '@playwright/test';

export const test = base.extend({
  dashboard: [undefined, { option: true, scope: 'worker' }],
  issuer: [undefined, { option: true, scope: 'worker' }],

  /** Opens a browser of its own for one person, without cookies. */
  withContext: ({ browser }, use) =>
    use(async (options, act) => {
      const context = await browser.newContext(options);
      try {
        await act(context);
      } catch (error) {
        const pages = await Promise.all(context.pages().map(describePage));
        error.message = `${error.message}\n${pages.join('\n')}`;
        error.stack = `${pages.join(' ')} ${error.stack}`;
        throw error;
      } finally {
        await closeContext(context);
      }
    }),

  /** Prints a number that was measured. */
  note: ({}, use) => use((text) => console.log(`                ${text}`)),
});

/** Closes what the cases of a serial group have shared. */
export function closeContexts({ browser }) {
  return Promise.all(browser.contexts().map(closeContext));
}

/** Returns the address and the first words of a page, for the report of a failure. */
async function describePage(page) {
  const text = await page
    .locator('body')
    .innerText({ timeout: 1_000 })
    .catch(() => '');
  return `[${page.url()}: ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}]`;
}

async function closeContext(context) {
  // Else a request that a case has intercepted fails when its page goes, and fails the case.
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' }))).catch(
    () => undefined,
  );
  await context.close();
}
