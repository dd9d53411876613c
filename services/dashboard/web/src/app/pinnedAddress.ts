import { removeLanguage } from '../kit/language';

/** The pages that can show what was known at a moment; all others have present data only. */
const PAGES_WITH_MOMENT = /^\/($|explore\/|why\/|dilemmas|records\/)/;

/** Whether the page at a path without language can show what was known at a moment. */
export function showsMoment(path: string): boolean {
  return PAGES_WITH_MOMENT.test(path);
}

/** The moment of knowledge that an address asks for; undefined is now. The page about a value has its second moment. */
export function readMoment(path: string, search: { asOf?: string; to?: string }): string | undefined {
  return (hasSecondMoment(path) ? search.to : undefined) ?? search.asOf;
}

/** What replaces the moment of an address; on the page about a value its second moment goes, too. */
export function changeMoment(path: string, moment: string | undefined): { asOf: string | undefined } {
  const second = hasSecondMoment(path) ? { to: undefined } : {};
  return { asOf: moment, ...second };
}

/** The address with a moment of knowledge, so that it shows the same figures permanently. */
export function pinAddress(address: string, moment: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}?${[...partsWithoutMoment(url), `asOf=${moment}`].join('&')}`;
}

/** The address without a moment: it shows the figures at the time of opening. */
export function unpinAddress(address: string): string {
  const url = new URL(address);
  const query = partsWithoutMoment(url);
  return `${url.origin}${url.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function hasSecondMoment(path: string): boolean {
  return path.startsWith('/why/');
}

function partsWithoutMoment(url: URL): string[] {
  const names = hasSecondMoment(removeLanguage(url.pathname)) ? ['asOf=', 'to='] : ['asOf='];
  return url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !names.some((name) => part.startsWith(name)));
}

/** The moment on the server's clock, to the second; that of this machine may be wrong. */
export async function readServerMoment(): Promise<string> {
  const response = await fetch('/overview.json', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  const date = Date.parse(response?.headers.get('Date') ?? '');
  return new Date(Number.isNaN(date) ? Date.now() : date).toISOString().replace(/\.\d+Z$/, 'Z');
}
