import type { components } from '../../generated/indicators';

type Figure = components['schemas']['FigurePreview'];

/** One figure in one year that moved. */
export interface MovedYear {
  figure: Figure;
  period: string;
  before: number | null;
  after: number | null;
  difference: number | null;
  /** Whether no province had reported about the year at the first moment, and at the second one. */
  isUnknownBefore: boolean;
  isUnknownAfter: boolean;
}

/** Every year of every figure that moved, in the order of the answer, the years of a figure with the newest first. */
export function listMovedYears(figures: Figure[]): MovedYear[] {
  return figures.flatMap((figure) =>
    figure.years
      .filter((year) => year.before !== year.after)
      .sort((a, b) => (a.period < b.period ? 1 : -1))
      .map((year) => ({
        figure,
        period: year.period,
        before: year.before,
        after: year.after,
        difference: year.difference,
        isUnknownBefore: year.beforeStatus === 'not-reported',
        isUnknownAfter: year.afterStatus === 'not-reported',
      })),
  );
}

/** One place of one figure that moved or changed its rank. */
export interface MovedPlace {
  figure: Figure;
  place: Figure['ranks'][number];
}

/** The places of all figures, those that changed their rank first; each figure gives as many as `each`. */
export function listMovedPlaces(figures: Figure[], each: number): MovedPlace[] {
  const places = figures.flatMap((figure) => figure.ranks.slice(0, each).map((place) => ({ figure, place })));
  const climbed = ({ place }: MovedPlace) => Number(place.rankBefore !== place.rankAfter);
  return places.sort((a, b) => climbed(b) - climbed(a));
}
