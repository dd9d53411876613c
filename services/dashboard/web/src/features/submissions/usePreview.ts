import { queryOptions } from '@tanstack/react-query';
import { askPreview, PREVIEW_QUERY, type PreviewAnswer } from '../../kit/figures/preview';
import { readRefusal } from '../../kit/problems';
import type { RecordService } from '../../kit/records/recordDictionary';

/** Largest preview that indicators takes, in bytes. */
export const MAX_PREVIEW_BYTES = 16 * 1024 * 1024;

/** The changes of the file are larger than a preview takes. */
export class PreviewTooLargeError extends Error {}

/** The effect of a dry run's changes on every figure, at the moment of the request. */
export function previewQuery(service: RecordService, batch: string) {
  return queryOptions({
    ...PREVIEW_QUERY,
    queryKey: ['preview', service, batch],
    queryFn: async ({ signal }): Promise<PreviewAnswer> => {
      const changes = await fetch(`/api/${service}/v1/batches/${batch}/changes`, { signal });
      if (!changes.ok) throw await readRefusal(changes);
      const lines = await changes.blob();
      if (lines.size > MAX_PREVIEW_BYTES) throw new PreviewTooLargeError();
      return askPreview(lines, 'application/x-ndjson', signal);
    },
    gcTime: Infinity,
  });
}
