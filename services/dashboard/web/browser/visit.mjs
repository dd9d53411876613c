// Opens pages as a person does, and checks each: no error, nothing that a policy blocked, no violation that axe finds.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const JSON_WEB_TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/;

/** Password of all persons where the issuer is Keycloak; the local issuer asks for none. */
export const PASSWORD = process.env.VOYAGE_PERSON_PASSWORD;

/** Signs a person in at the issuer's page and waits for the menu. */
export async function signIn(page, dashboard, person, path = '/') {
  await page.goto(`${dashboard}/sign-in?return=${encodeURIComponent(path)}`);
  if (PASSWORD) {
    await page.locator('#username').fill(person);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#kc-login').click();
  } else {
    await page.locator(`button[value="${person}"]`).click();
  }
  await page.locator('nav a').first().waitFor();
}

/** Collects what goes wrong on a page while it is used. */
export function watchPage(page, dashboard) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== dashboard && !request.isNavigationRequest()) {
      faults.push(`another origin: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

/** Waits until no part of the page shows that it loads. */
export async function awaitContent(page) {
  await page.locator('main h1, main h2').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label]'));
}

export async function findViolations(page) {
  await page.evaluate(axeSource);
  // What is right is most of the result, and is neither described nor sent.
  const violations = await page.evaluate(
    async (tags) =>
      (await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations,
    WCAG,
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map((node) => `    ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`)
        .join('\n')}`,
  );
}

/** Returns what makes the page wider than a screen of 320 pixels, which is 1280 pixels at 400 % zoom. */
export async function findSidewaysScroll(page) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  try {
    return await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      const scrolls = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
      const outer = (element) =>
        getComputedStyle(element).position === 'absolute' ? element.offsetParent : element.parentElement;
      const isContained = (element) => {
        for (let each = outer(element); each && each !== document.body; each = outer(each)) {
          if (scrolls(each)) return true;
        }
        return false;
      };
      return [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > width + 1 && !isContained(element))
        .slice(0, 5)
        .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)
        .concat(`${document.documentElement.scrollWidth} pixels`);
    });
  } finally {
    await page.setViewportSize(size);
  }
}

/** Paths that the menu leads to, without language and search. */
export function menuPaths(page) {
  return page
    .locator('nav a[href^="/"]')
    .evaluateAll((links) => [
      ...new Set(links.map((link) => new URL(link.href).pathname.replace(/^\/en(?=\/|$)/, '') || '/')),
    ]);
}

/** Addresses in the page's content that lead to other pages of the dashboard; the reference has a case of its own. */
export function contentPaths(page) {
  return page.locator('main a[href^="/"]').evaluateAll((links) =>
    links
      .map((link) => new URL(link.getAttribute('href'), location.href))
      .filter((url) => !/^\/((en\/)?reference$|api|sign-)/.test(url.pathname))
      .map((url) => url.pathname.replace(/^\/en(?=\/|$)/, '') + url.search),
  );
}

/** Addresses of the tabs of a page that are not open; none where the address already names a tab. */
export function tabPaths(page) {
  return page.locator('main [role=tab]:not([aria-selected=true])').evaluateAll((tabs) =>
    tabs
      .map((tab) => {
        const url = new URL(location.href);
        if (url.searchParams.has('tab')) return '';
        url.searchParams.set('tab', tab.dataset.key);
        return url.pathname.replace(/^\/en(?=\/|$)/, '') + url.search;
      })
      .filter(Boolean),
  );
}

/** Parameters that choose which part of a page is shown. */
const PARTS = ['tab', 'view'];

/** Pages of one shape are one page with other data: /explore/a and /explore/b. Each tab and view is a shape. */
export function shapeOf(path) {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [first, ...more] = pathname.split('/').filter(Boolean);
  const parts = PARTS.filter((name) => searchParams.has(name));
  const query = parts.map((name) => `${name}=${searchParams.get(name)}`).join('&');
  return `/${first ?? ''}${'/*'.repeat(more.length)}${query && `?${query}`}`;
}

/** Returns the tokens that scripts of the page could read. */
export async function readableTokens(page) {
  const readable = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      document.documentElement.outerHTML,
    ]),
  );
  return JSON_WEB_TOKEN.test(readable) || readable.includes('q_session') ? [readable] : [];
}

/** Collects answers of the dashboard to scripts that contain a token; event streams are read until they are cut. */
export function watchTokens(page, dashboard) {
  const found = [];
  page.on('response', async (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (!response.url().startsWith(`${dashboard}/`) || type.startsWith('text/event-stream')) return;
    const body = await response.text().catch(() => '');
    if (JSON_WEB_TOKEN.test(body)) found.push(response.url());
  });
  return found;
}
