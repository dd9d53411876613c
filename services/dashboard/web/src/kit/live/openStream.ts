// All pages ask the stream one question, so that a browser needs one stream: the counted figures of provinces, and those
// of the overview.

interface Catalogue {
  items: { code: string; dimensions: string[]; derived?: unknown }[];
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

/** The figures to watch: a derived one is computed again at every event, so only those of the overview are. */
export function selectCodes(catalogue: Catalogue, overview: OverviewFile): string[] {
  const wanted = new Set(overview.groups.flatMap((group) => group.figures));
  return catalogue.items
    .filter((figure) => figure.dimensions.includes('province'))
    .filter((figure) => figure.derived === undefined || wanted.has(figure.code))
    .map((figure) => figure.code);
}

async function writeQuestion(): Promise<string> {
  const [catalogue, overview] = await Promise.all([
    readJson<Catalogue>('/api/indicators/v1/indicators'),
    readJson<OverviewFile>('/overview.json'),
  ]);
  return `code=${selectCodes(catalogue, overview).join(',')}&by=province`;
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
