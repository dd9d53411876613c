import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { readRefusal, RefusedRequest } from '../../kit/problems';
import { writeSearch } from '../../kit/search';
import type { Sender, Service, YearState } from './completeness';

/** Who has sent what about a year, or the years of a period; without both the current year and the two before. */
export function completenessQuery(filter: {
  year?: number;
  period?: string;
  province?: string;
  service?: string;
}) {
  return queryOptions({
    queryKey: ['indicators', 'completeness', filter],
    queryFn: async ({ signal }) => {
      const answer = await fetchJson<{ items: Sender[]; position: { time: string } }>(
        `/api/indicators/v1/completeness${writeSearch(filter)}`,
        { signal },
      );
      return answer;
    },
    refetchInterval: 30_000,
  });
}

/** A version of the statement about a year. */
export interface YearVersion {
  province: string;
  sourceId: string;
  version: number;
  fields: { state: YearState; reason?: string };
  recordedAt: string;
  cause: { actor: string };
}

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

/** The statements of a province about years that were given back or opened again, with their reasons. */
export function reopenedYearsQuery(service: Service, province: string) {
  return queryOptions({
    queryKey: [service, 'reopened-years', province],
    queryFn: async ({ signal }) => {
      const answer = await fetchJson<{ items: YearVersion[] }>(
        `/api/${service}/v1/years${writeSearch({ province, state: 'open', limit: 100 })}`,
        { signal },
      );
      return answer.items.filter((each) => each.fields.reason);
    },
    refetchInterval: 30_000,
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
