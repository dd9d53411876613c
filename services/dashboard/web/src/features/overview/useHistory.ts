import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/indicators';
import { fetchJson } from '../../kit/api';
import { writeSearch } from '../../kit/search';
import type { Span } from './recentHistory';

type HistoryAnswer = components['schemas']['HistoryAnswer'];

/** The service keeps an answer as long. */
const FRESH_MILLISECONDS = 600_000;

let lastInLine: Promise<unknown> = Promise.resolve();

/** The histories wait for each other: all at once would hold up the questions that the reader asks. */
function waitInLine<Data>(ask: () => Promise<Data>): Promise<Data> {
  const turn = lastInLine.then(ask, ask);
  lastInLine = turn.catch(() => undefined);
  return turn;
}

/** How the value of a year moved over a span; nothing is asked without a span. */
export function useHistory(code: string, year: number | null, over: Span | undefined) {
  return useQuery({
    queryKey: ['indicators', 'history', code, year, over],
    queryFn: ({ signal }) =>
      waitInLine(async () => {
        signal.throwIfAborted();
        const query = writeSearch({ over, period: String(year) });
        return fetchJson<HistoryAnswer>(`/api/indicators/v1/indicators/${code}/history${query}`, { signal });
      }),
    enabled: over !== undefined && year !== null,
    staleTime: FRESH_MILLISECONDS,
    refetchInterval: FRESH_MILLISECONDS,
  });
}
