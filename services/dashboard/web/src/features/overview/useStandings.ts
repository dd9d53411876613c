import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { indicators } from '../../kit/api';
import { currentYear } from '../../kit/formats';
import type { OverviewFile } from './overviewFile';

const TREND_YEARS = 10;
/** A headline is seldom older. */
const PART_YEARS = 4;
const POLL_MILLISECONDS = 20_000;

/** The codes that the overview shows, in the order of its file, as far as the reader may see them. */
export function knownCodes(file: OverviewFile, visible: ReadonlySet<string>): string[] {
  return file.groups.flatMap((group) => group.figures).filter((code) => visible.has(code));
}

/**
 * Values of the figures by year. The stream moves the running year only; past years, which late reports move, are asked
 * for again every 20 seconds, and an unchanged answer is not sent again.
 */
export function useYears(codes: string[], asOf?: string) {
  const year = currentYear();
  const query = {
    figure: codes,
    by: ['year'],
    period: `${year - TREND_YEARS}..${year}`,
    ...(asOf ? { asOf } : {}),
  };
  return useQuery({
    ...indicators.read('/v1/values', { params: { query } }),
    enabled: codes.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: asOf ? false : POLL_MILLISECONDS,
  });
}

/** Values by province of the last years: what the incomplete share of a counted figure is computed from. */
export function useProvinceParts(codes: string[], asOf?: string) {
  const year = currentYear();
  const query = {
    figure: codes,
    by: ['year', 'province'],
    period: `${year - PART_YEARS}..${year}`,
    ...(asOf ? { asOf } : {}),
  };
  return useQuery({
    ...indicators.read('/v1/values', { params: { query } }),
    enabled: codes.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export type Parts = NonNullable<ReturnType<typeof useProvinceParts>['data']>;

/** The values of provinces in a year; empty where they are not known. */
export function partsOf(answer: Parts | undefined, code: string, year: number | null): Map<string, number> {
  const figure = answer?.items.find((each) => each.indicator.code === code);
  const lines = figure?.items.filter((line) => line.year === year && line.value !== null) ?? [];
  return new Map(lines.map((line) => [String(line['province']), line.value!]));
}

export type Years = NonNullable<ReturnType<typeof useYears>['data']>;

/** The headline of a figure; the present year where no province has ever reported. */
export function headlineYear(answer: Years, code: string): number {
  const figure = answer.items.find((each) => each.indicator.code === code);
  return Number(figure?.headline.period ?? currentYear());
}
