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

async function closeContext(context) {
  // Else a request that a case has intercepted fails when its page goes, and fails the case.
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' }))).catch(
    () => undefined,
  );
  await context.close();
}
