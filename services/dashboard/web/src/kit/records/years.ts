import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '../api';
import { writeSearch } from '../search';
import type { RecordService } from './recordDictionary';

export const YEAR_STATES = ['open', 'submitted', 'accepted', 'locked'] as const;
export type YearState = (typeof YEAR_STATES)[number];

/** Answer of `GET /v1/completeness` as far as the pages show it. */
export interface Sender {
  province: string;
  service: RecordService;
  files: number;
  rows: number;
  parked: number;
  refused: number;
  lastPush: string | null;
  withoutYear: { parked: number; refused: number };
  years: SenderYear[];
}

/** Received records, and the number that they are compared with: by plans, of the year before, or some of each. */
export interface Received {
  received: number;
  /** null: nothing to compare with. */
  expected: number | null;
  expectedFrom: 'plan' | 'year-before' | 'both' | null;
}

export interface SenderYear extends Received {
  year: number;
  state: YearState;
  since: string | null;
  records: Record<string, number>;
  parked: number;
  refused: number;
  lastFile: string | null;
  lastPush: string | null;
}

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

/** The statements of a province about years that were given back or opened again, with their reasons. */
export function reopenedYearsQuery(service: RecordService, province: string) {
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
