// All pages share one stream, so that a browser needs one: the counted figures of provinces, and those of the overview.

interface Catalogue {
  items: { code: string; dimensions: string[]; additive: boolean; derived?: unknown }[];
}

interface OverviewFile {
  groups: { figures: string[] }[];
}

let question: Promise<string> | undefined;

async function readJson<Data>(path: string): Promise<Data> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Data;
}

/**
 * Questions about the figures to watch. A derived one is computed again at every event, so only those of the overview
 * are asked for. The grid of the overview shows provinces. For other pages the total is enough as a sign to read again,
 * unless the total can stay while a part moves.
 */
export function askFigures(catalogue: Catalogue, overview: OverviewFile): string[] {
  const wanted = new Set(overview.groups.flatMap((group) => group.figures));
  return catalogue.items
    .filter((figure) => figure.dimensions.includes('province'))
    .filter((figure) => figure.derived === undefined || wanted.has(figure.code))
    .map((figure) => {
      const by = figure.additive && !wanted.has(figure.code) ? 'none' : 'province';
      return `${figure.code}?by=${by}`;
    });
}

async function writeQuestion(): Promise<string> {
  const [catalogue, overview] = await Promise.all([
    readJson<Catalogue>('/api/indicators/v1/indicators'),
    readJson<OverviewFile>('/overview.json'),
  ]);
  return askFigures(catalogue, overview)
    .map((each) => `watch=${encodeURIComponent(each)}`)
    .join('&');
}

/** Opens the stream; the first time it asks which figures there are. */
export async function openStream(lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
  question ??= writeQuestion();
  question.catch(() => (question = undefined));
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastEventId) headers['Last-Event-ID'] = lastEventId;
  const address = `/api/indicators/v1/indicators/stream?${await question}`;
  return fetch(address, { headers, signal, cache: 'no-store' });
}
