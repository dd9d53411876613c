import type { Named } from '../../kit/language';

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

/** One figure in one year, before and after the file. */
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

/** Verdict on one previewed value after the file was stored. */
export interface MovementCheck extends FigureMovement {
  /** Value as of the receipt; undefined where the figure cannot be asked by year. */
  now: number | null | undefined;
  verdict: 'as-previewed' | 'different' | 'not-comparable';
  /** Now minus the previewed value; null where one of them is absent. */
  deviation: number | null;
}

/**
 * Compares the preview with the values that include the receipt.
 *
 * @param values value by `code|period`; a key that is missing was not answered
 */
export function compareWithPreview(
  preview: readonly FigureMovement[],
  values: ReadonlyMap<string, number | null>,
): MovementCheck[] {
  return preview.map((movement) => {
    const key = `${movement.code}|${movement.period}`;
    if (!values.has(key)) {
      return {
        ...movement,
        now: undefined,
        verdict: 'not-comparable',
        deviation: null,
      };
    }
    const now = values.get(key) ?? null;
    const same = now === movement.after || (now === null && movement.after === 0);
    return {
      ...movement,
      now,
      verdict: same ? 'as-previewed' : 'different',
      deviation: now === null || movement.after === null ? null : round(now - movement.after),
    };
  });
}

/** Removes the noise of binary fractions; values have two decimals. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
