import { queryOptions, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { isEnded, type Batch } from './batch';
import type { RecordService } from '../../kit/records/recordDictionary';

const POLL_MILLISECONDS = 1000;

export function batchQuery(service: RecordService, id: string) {
  return queryOptions({
    queryKey: [service, 'batch', id],
    queryFn: ({ signal }) => fetchJson<Batch>(`/api/${service}/v1/batches/${id}`, { signal }),
  });
}

/** A batch, asked for again until it has ended. */
export function useBatch(service: RecordService | undefined, id: string | undefined) {
  return useQuery({
    ...batchQuery(service ?? 'mobility', id ?? ''),
    enabled: service !== undefined && id !== undefined,
    refetchInterval: (query) => (query.state.data && isEnded(query.state.data) ? false : POLL_MILLISECONDS),
    staleTime: (query) => (query.state.data && isEnded(query.state.data) ? Infinity : 0),
  });
}
