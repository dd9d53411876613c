import type { Named } from '../language';
import { RefusedRequest, readRefusal } from '../problems';

/** Answer of `POST /v1/previews` as far as the page shows it. */
export interface PreviewAnswer {
  items: FigurePreview[];
  position: { time: string };
}

export interface FigurePreview {
  indicator: {
    code: string;
    name: Named;
    unit: Named & { code: string };
    version: number;
  };
  years: {
    period: string;
    before: number | null;
    after: number | null;
    difference: number | null;
  }[];
  ranks: RankPreview[];
  moreRanks: number;
  /** Only a counted figure has them; shares and indices have units of their own. */
  dimensions?: string[] | null;
}

export interface RankPreview {
  period: string;
  dimension: string;
  code: string;
  before: number | null;
  after: number | null;
  rankBefore: number | null;
  rankAfter: number | null;
}

/** One figure in one year, before and after the changes. */
export interface FigureMovement {
  code: string;
  name: Named;
  unit: Named;
  period: string;
  before: number | null;
  after: number | null;
  difference: number | null;
}

/** Lists every figure and year that moves: the newest year first, in it counted figures, and of these the largest movement. */
export function listMovements(answer: PreviewAnswer): FigureMovement[] {
  return answer.items
    .map((item) => ({ item, largest: largestDifference(item) }))
    .sort(
      (a, b) =>
        Number(isCounted(b.item)) - Number(isCounted(a.item)) ||
        b.largest - a.largest ||
        a.item.indicator.code.localeCompare(b.item.indicator.code),
    )
    .flatMap(({ item }) =>
      item.years.map((year) => ({
        code: item.indicator.code,
        name: item.indicator.name,
        unit: item.indicator.unit,
        period: year.period,
        before: year.before,
        after: year.after,
        difference: year.difference,
      })),
    )
    .sort((a, b) => b.period.localeCompare(a.period));
}

function isCounted(item: FigurePreview): boolean {
  return Array.isArray(item.dimensions);
}

function largestDifference(item: FigurePreview): number {
  return Math.max(
    0,
    ...item.years.map((year) => Math.abs(year.difference ?? year.after ?? year.before ?? 0)),
  );
}

/** Places that change, the newest year first and the best new place first; without those that only change in value. */
export function listPlaceChanges(item: FigurePreview, dimensions: readonly string[]): RankPreview[] {
  return item.ranks
    .filter((rank) => dimensions.includes(rank.dimension) && rank.rankBefore !== rank.rankAfter)
    .sort(
      (a, b) => b.period.localeCompare(a.period) || (a.rankAfter ?? Infinity) - (b.rankAfter ?? Infinity),
    );
}

const MOST_TRIES = 30;
const DEFAULT_WAIT_SECONDS = 3;

/** Whether another preview is being made, so that this one is asked for again by itself. */
export function isBusy(error: unknown): error is RefusedRequest {
  return error instanceof RefusedRequest && [0, 429, 502, 503, 504].includes(error.problem.status);
}

export function secondsToWait(error: unknown): number {
  return error instanceof RefusedRequest
    ? (error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS)
    : DEFAULT_WAIT_SECONDS;
}

/** Asks for the effect of changes on every figure, at the moment of the request. */
export async function askPreview(
  changes: BodyInit,
  contentType: string,
  signal: AbortSignal,
): Promise<PreviewAnswer> {
  const answer = await fetch('/api/indicators/v1/previews', {
    method: 'POST',
    headers: { 'Content-Type': contentType, 'X-Voyage-Request': '1' },
    body: changes,
    signal,
  });
  if (!answer.ok) throw await readRefusal(answer);
  return (await answer.json()) as PreviewAnswer;
}

/** Settings of a query for a preview: it is asked for again while another one is being made, and never by itself. */
export const PREVIEW_QUERY = {
  retry: (failures: number, error: Error) => failures < MOST_TRIES && isBusy(error),
  retryDelay: (_: number, error: Error) => secondsToWait(error) * 1000,
  staleTime: Infinity,
} as const;
