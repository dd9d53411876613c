import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import type { Happening } from '../../kit/live/messages';
import { writeSearch } from '../../kit/search';
import { RECORD_SERVICES } from '../../kit/records/recordDictionary';
import { readHappenings } from './recentChanges';

type Page = components['schemas']['AuditPage'];

/** A part of a file has as many as 1000 records in one entry. */
const ENTRIES_OF_SERVICE = 4;

/** The last changes of records of each service, until a moment or now; the stream brings the later ones. */
export function useRecentChanges(until: string | undefined): Happening[] {
  const trails = useQueries({
    queries: RECORD_SERVICES.map((service) => ({
      queryKey: [service, 'recent changes', until],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<Page>(
          `/api/${service}/v1/audit${writeSearch({ action: 'changed', to: until, limit: ENTRIES_OF_SERVICE })}`,
          { signal },
        ),
      staleTime: Infinity,
      gcTime: 0,
    })),
  });
  const pages = trails.map((trail) => trail.data);
  return useMemo(() => readHappenings(pages.flatMap((page) => page?.items ?? [])), pages);
}
