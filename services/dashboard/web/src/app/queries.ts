import { QueryCache, QueryClient } from '@tanstack/react-query';
import { RefusedRequest } from '../kit/problems';
import { sessionQuery } from '../kit/session';

const FRESH_MILLISECONDS = 15_000;
const LONGEST_WAIT_MILLISECONDS = 30_000;
const TRIES = 4;

/** Whether a refused request may succeed when it is sent again. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= TRIES || !(error instanceof RefusedRequest)) return false;
  const { status } = error.problem;
  return status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
}

/** Milliseconds until the next try: as the API says, or twice as long each time. */
export function retryDelay(failures: number, error: unknown): number {
  const seconds = error instanceof RefusedRequest ? error.retryAfterSeconds : undefined;
  return Math.min((seconds ?? 2 ** failures) * 1000, LONGEST_WAIT_MILLISECONDS);
}

/** A session that is over shows at the next refused read: the sign-in takes the place of the page. */
const queryCache = new QueryCache({
  onError: (error) => {
    if (error instanceof RefusedRequest && error.problem.status === 401) {
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
  },
});

export const queryClient: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: {
    queries: { staleTime: FRESH_MILLISECONDS, retry: isWorthRetrying, retryDelay },
    mutations: { retry: false },
  },
});
