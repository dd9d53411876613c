import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { readRefusal, RefusedRequest } from '../../kit/problems';
import type { YearVersion } from '../../kit/records/years';
import type { Service, YearState } from './completeness';

export { completenessQuery, reopenedYearsQuery, type YearVersion } from '../../kit/records/years';

function yearPath(service: Service, province: string, year: number): string {
  return `/api/${service}/v1/years/${province}/${year}`;
}

/** The statement about a year; version 0 or null while there is none. */
export function yearQuery(service: Service, province: string, year: number) {
  return queryOptions({
    queryKey: [service, 'year', province, year],
    queryFn: ({ signal }) => orNull(fetchJson<YearVersion>(yearPath(service, province, year), { signal })),
  });
}

/** Every statement about a year, the newest first. */
export function yearHistoryQuery(service: Service, province: string, year: number) {
  return queryOptions({
    queryKey: [service, 'year-history', province, year],
    queryFn: async ({ signal }) => {
      const answer = await orNull(
        fetchJson<{ items: YearVersion[] }>(`${yearPath(service, province, year)}/history`, { signal }),
      );
      return [...(answer?.items ?? [])].sort((a, b) => b.version - a.version);
    },
  });
}

async function orNull<Data>(answer: Promise<Data>): Promise<Data | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RefusedRequest && error.problem.status === 404) return null;
    throw error;
  }
}

/**
 * Moves a year, unless it was moved since it was read.
 *
 * @param known the statement that was read; version 0 or null if there was none
 * @throws RefusedRequest with status 412 if it was moved meanwhile
 */
export async function moveYear(
  service: Service,
  province: string,
  year: number,
  to: { state: YearState; reason?: string },
  known: YearVersion | null,
): Promise<YearVersion> {
  return fetchJson<YearVersion>(yearPath(service, province, year), {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      Prefer: 'published, wait=5',
      ...(known && known.version > 0 ? { 'If-Match': `"${known.version}"` } : { 'If-None-Match': '*' }),
    },
    body: JSON.stringify(to),
  });
}

/** A plan that counts. */
export interface Plan {
  year: number;
  version: number;
  lines: number;
  loadedAt: string;
  loadedBy: string;
}

export const plansQuery = queryOptions({
  queryKey: ['indicators', 'plans'],
  queryFn: ({ signal }) => fetchJson<{ items: Plan[] }>('/api/indicators/v1/plans', { signal }),
});

/** Loads a plan; `changed` is false where the present one says the same. */
export async function loadPlan(year: number, file: File): Promise<{ plan: Plan; changed: boolean }> {
  const response = await fetch(`/api/indicators/v1/plans/${year}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'text/csv', 'X-Voyage-Request': '1' },
    body: file,
  });
  if (!response.ok) throw await readRefusal(response);
  return { plan: (await response.json()) as Plan, changed: response.status === 201 };
}
