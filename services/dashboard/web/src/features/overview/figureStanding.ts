import type { components } from '../../generated/indicators';
import type { LiveValue } from '../../kit/live/liveStore';
import type { SparklinePoint } from '../../kit/Sparkline';

type FigureAnswer = components['schemas']['FigureAnswer'];
type CoverageYear = components['schemas']['CoverageYear'];

/** A year after the headline, about which fewer provinces have reported. */
export interface NewerYear {
  year: number;
  /** Whether the year still goes on. */
  running: boolean;
  provinces: number;
  expectedProvinces: number;
  value: number | null;
}

/** What a tile says about a figure. */
export interface FigureStanding {
  /** The headline of the figure, or the last year before it with a value; null: none. */
  year: number | null;
  value: number | null;
  /** The year that goes on, when no province has reported about it. */
  notReportedYear: number | null;
  /** Whether the shown year still goes on. */
  running: boolean;
  /** Value of the year before; null where there is none. */
  previous: number | null;
  /** Difference from the year before; null where the two do not compare. */
  change: number | null;
  trend: SparklinePoint[];
  coverage: CoverageYear | null;
  /** How many provinces have reported about the headline, and how many are expected to; null where another year is shown. */
  reports: { provinces: number; expectedProvinces: number } | null;
  /** The newest years after the shown one with reports or a value, the newest first. */
  newer: NewerYear[];
  /** When the value was computed. */
  computedAt: string;
  /** When it moved while the page was open, in milliseconds; 0: it did not. */
  movedAt: number;
}

/** Provinces whose part of a year is incomplete: not reported, less than half of what is expected, or not closed. */
export function incompleteProvinces(coverage: CoverageYear | null): string[] {
  if (!coverage) return [];
  return [...new Set([...coverage.missing, ...coverage.fewer, ...(coverage.notClosed ?? [])])].sort();
}

const NEWER_YEARS = 2;

/**
 * The standing of a figure from its values by year and, of the year that goes on, from the stream. The headline of the
 * figure is the shown year; newer years, which few provinces have reported about, never take its place.
 */
export function computeStanding(
  answer: FigureAnswer,
  isFlow: boolean,
  thisYear: number,
  computedAt: string,
  live?: LiveValue,
): FigureStanding {
  const liveIsNewer =
    live !== undefined &&
    live.change.period.startsWith(String(thisYear)) &&
    Date.parse(live.change.position.time) > Date.parse(computedAt);
  const values = new Map(answer.items.map((line) => [line.year!, line.value]));
  if (liveIsNewer) values.set(thisYear, live.change.value);
  const headline = (liveIsNewer ? live.change.headline : null) ?? answer.headline;
  const years = [...values.keys()].sort((one, other) => one - other);
  const newest = Number(headline.period ?? 0);
  const year = years.filter((each) => each <= newest && values.get(each) !== null).at(-1) ?? null;
  const running = year === thisYear;
  const value = year === null ? null : values.get(year)!;
  const previous = year === null ? null : (values.get(year - 1) ?? null);
  // The flow of a year that goes on is less than that of a whole year: the two do not compare.
  const comparable = value !== null && previous !== null && !(running && isFlow);
  const newer = (headline.newer ?? [])
    .map((each) => ({
      year: Number(each.period),
      running: Number(each.period) === thisYear,
      provinces: each.provinces,
      expectedProvinces: each.expectedProvinces,
      value: values.get(Number(each.period)) ?? null,
    }))
    .filter((each) => each.provinces > 0 || each.value !== null);
  return {
    year,
    value,
    notReportedYear:
      year !== null && year < thisYear && newer.every((each) => !each.running) ? thisYear : null,
    running,
    previous,
    change: comparable ? round(value - previous) : null,
    trend: years.filter((at) => year !== null && at <= year).map((at) => ({ at, value: values.get(at)! })),
    coverage: answer.coverage?.find((each) => each.year === year) ?? null,
    reports:
      year === newest
        ? { provinces: headline.provinces ?? 0, expectedProvinces: headline.expectedProvinces ?? 0 }
        : null,
    newer: newer.reverse().slice(0, NEWER_YEARS),
    computedAt: liveIsNewer ? live.change.position.time : computedAt,
    movedAt: live && (running || newer.some((each) => each.running)) ? live.movedAt : 0,
  };
}

function round(difference: number): number {
  return Math.round(difference * 100) / 100;
}

/** The share of a value that comes from these provinces, in percent; null where the parts do not add up to it. */
export function shareOf(
  provinces: string[],
  parts: Map<string, number>,
  whole: number | null,
): number | null {
  if (!whole || provinces.length === 0) return null;
  const sum = [...parts.values()].reduce((total, part) => total + part, 0);
  if (Math.abs(sum - whole) > 1e-6 * Math.abs(whole)) return null;
  return (provinces.reduce((total, province) => total + (parts.get(province) ?? 0), 0) / whole) * 100;
}
