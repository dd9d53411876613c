// Writes of a bureau's person that move figures: schools abroad.
import { PEOPLE } from './people.mjs';

export const CLERK = PEOPLE.find((person) => person.role === 'bureau');
/** The figure that counts the schools, as its tile names it. */
export const FIGURE = '境外办学机构';
export const SCHOOLS_PATH = `/v1/overseas-schools/${CLERK.province}`;
export const SCHOOLS = `/api/overseas${SCHOOLS_PATH}`;

export const SCHOOL = {
  name: '泰国清迈鲁班工坊',
  nameEn: 'Luban Workshop Chiang Mai',
  brand: 'luban-workshop',
  tier: 'workshop',
  form: 'training-centre',
  hostCountry: 'THA',
  hostCity: '清迈',
  foundingColleges: ['4112900001'],
  majors: ['460301'],
  status: 'open',
  openedOn: '2026-11-01',
};

const LONGEST_MILLISECONDS = 30_000;
export const REASON = `reason=${encodeURIComponent('测试')}`;

/** The value that the tile of the overview shows. */
export async function readValue(page) {
  const tile = page.locator('article', { hasText: FIGURE }).first();
  await tile.locator('p', { hasText: /\d/ }).first().waitFor();
  return Number((await tile.locator('p').first().innerText()).replace(/\D/g, ''));
}

/** Waits until the tile shows the value and returns after how many milliseconds it did. */
export async function awaitValue(page, wanted, longest = LONGEST_MILLISECONDS) {
  const begun = performance.now();
  for (;;) {
    const shown = await readValue(page);
    const passed = Math.round(performance.now() - begun);
    if (shown === wanted) return passed;
    if (passed > longest) throw new Error(`${shown} is not ${wanted} after ${passed} ms`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Notes from now on, in the page's `shown`, which values the tile shows and when the frame with each was painted. */
export function watchValue(page) {
  return page.evaluate((figure) => {
    const shown = [];
    globalThis.shown = shown;
    const tile = [...document.querySelectorAll('article')].find((each) => each.innerText.includes(figure));
    const text = tile.querySelector('p');
    new MutationObserver(() => {
      const value = Number(text.innerText.replace(/\D/g, ''));
      // The next frame begins when this one is painted.
      requestAnimationFrame(() => shown.push({ value, at: Date.now() }));
    }).observe(text, { subtree: true, childList: true, characterData: true });
  }, FIGURE);
}

/** Stores a school as the page would, with the cookie of the person who has signed in; returns the status. */
export async function putSchool(page, key) {
  return (await timeSchool(page, key)).status;
}

/** Stores a school; returns the status and when the answer came, in milliseconds of the machine's clock. */
export function timeSchool(page, key) {
  return send(page, 'PUT', `${SCHOOLS}/${key}`, SCHOOL);
}

/** Withdraws a school; returns the status. */
export async function withdrawSchool(page, key) {
  return (await send(page, 'DELETE', `${SCHOOLS}/${key}?${REASON}`)).status;
}

/** Sends a request as the page would, with the cookie of the person who has signed in. */
export function send(page, method, path, body, more = {}) {
  return page.evaluate(
    async ([method, path, body, more]) => {
      const answer = await fetch(path, {
        method,
        headers: {
          'X-Voyage-Request': '1',
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          ...more,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, at: Date.now() };
    },
    [method, path, body, more],
  );
}

/**
 * Stores and withdraws schools in turn, `rate` times a second for some seconds, each time one change of the figure; an
 * even number of writes leaves none of them. Returns the statuses that are no success.
 */
export function changeSchools(page, { keys, rate, seconds }) {
  return page.evaluate(
    async ([address, school, reason, keys, rate, seconds]) => {
      const headers = { 'X-Voyage-Request': '1', 'Content-Type': 'application/json' };
      const write = async (key, stored) => {
        for (;;) {
          const answer = await (stored
            ? fetch(`${address}/${key}?${reason}`, { method: 'DELETE', headers: { 'X-Voyage-Request': '1' } })
            : fetch(`${address}/${key}`, { method: 'PUT', headers, body: JSON.stringify(school) }));
          if (answer.ok) return;
          if (answer.status !== 429 && answer.status !== 503) return refused.push(answer.status);
          const pause = Number(answer.headers.get('Retry-After') ?? 1) * 1000;
          await new Promise((done) => setTimeout(done, pause));
        }
      };
      const refused = [];
      // Writes of one key wait for each other.
      const lines = keys.map(() => Promise.resolve());
      const begun = performance.now();
      for (let count = 0; count < rate * seconds; count++) {
        const at = count % keys.length;
        const isStored = Math.floor(count / keys.length) % 2 === 1;
        lines[at] = lines[at].then(() => write(keys[at], isStored));
        const wait = begun + ((count + 1) * 1000) / rate - performance.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      }
      await Promise.all(lines);
      return refused;
    },
    [SCHOOLS, SCHOOL, REASON, keys, rate, seconds],
  );
}
