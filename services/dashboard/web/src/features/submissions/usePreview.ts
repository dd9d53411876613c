import { queryOptions } from '@tanstack/react-query';
import { RefusedRequest, readRefusal } from '../../kit/problems';
import type { PreviewAnswer } from './previewComparison';
import type { RecordService } from '../../kit/records/recordDictionary';

/** Largest preview that indicators takes, in bytes. */
export const MAX_PREVIEW_BYTES = 16 * 1024 * 1024;
const MOST_TRIES = 30;
const DEFAULT_WAIT_SECONDS = 3;

/** The changes of the file are larger than a preview takes. */
export class PreviewTooLargeError extends Error {}

/** Whether another preview is being made, so that this one is asked for again by itself. */
export function isBusy(error: unknown): error is RefusedRequest {
  return error instanceof RefusedRequest && [0, 429, 502, 503, 504].includes(error.problem.status);
}

export function secondsToWait(error: unknown): number {
  return error instanceof RefusedRequest
    ? (error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS)
    : DEFAULT_WAIT_SECONDS;
}

/** The effect of a dry run's changes on every figure, at the moment of the request. */
export function previewQuery(service: RecordService, batch: string) {
  return queryOptions({
    queryKey: ['preview', service, batch],
    queryFn: async ({ signal }): Promise<PreviewAnswer> => {
      const changes = await fetch(`/api/${service}/v1/batches/${batch}/changes`, { signal });
      if (!changes.ok) throw await readRefusal(changes);
      const lines = await changes.blob();
      if (lines.size > MAX_PREVIEW_BYTES) throw new PreviewTooLargeError();
      const answer = await fetch('/api/indicators/v1/previews', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson', 'X-Voyage-Request': '1' },
        body: lines,
        signal,
      });
      if (!answer.ok) throw await readRefusal(answer);
      return (await answer.json()) as PreviewAnswer;
    },
    retry: (failures, error) => failures < MOST_TRIES && isBusy(error),
    retryDelay: (_, error) => secondsToWait(error) * 1000,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}
