/** The address with a moment of knowledge, so that it shows the same figures permanently. */
export function pinAddress(address: string, moment: string): string {
  const url = new URL(address);
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('asOf='));
  return `${url.origin}${url.pathname}?${[...query, `asOf=${moment}`].join('&')}`;
}

/** The address without a moment: whoever opens it sees the figures of then. */
export function unpinAddress(address: string): string {
  const url = new URL(address);
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('asOf='));
  return `${url.origin}${url.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** The moment on the server's clock, to the second; that of this machine may be wrong. */
export async function readServerMoment(): Promise<string> {
  const response = await fetch('/overview.json', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  const date = Date.parse(response?.headers.get('Date') ?? '');
  return new Date(Number.isNaN(date) ? Date.now() : date).toISOString().replace(/\.\d+Z$/, 'Z');
}
