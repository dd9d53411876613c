import type { components } from '../../generated/indicators';

export type ReleaseYear = components['schemas']['ReleaseYear'];

/** Whether all provinces that are expected to report about the year have locked it. */
export function isLocked(year: Pick<ReleaseYear, 'locked' | 'expectedProvinces'>): boolean {
  return year.locked === year.expectedProvinces;
}

/** The years of each figure, the newest first: those are what readers ask for. */
export function orderYears(years: readonly ReleaseYear[]): ReleaseYear[] {
  return [...years].sort((one, other) => other.year - one.year || (one.indicator < other.indicator ? -1 : 1));
}
