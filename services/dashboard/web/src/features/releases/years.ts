export interface FigureYear {
  indicator: string;
  year: number;
}

/** Years of each figure as runs: 2015–2019, 2021. */
export function groupYears(years: readonly FigureYear[]): { indicator: string; runs: string }[] {
  const byFigure = new Map<string, number[]>();
  for (const { indicator, year } of years) {
    byFigure.set(indicator, [...(byFigure.get(indicator) ?? []), year]);
  }
  return [...byFigure].map(([indicator, all]) => ({ indicator, runs: writeRuns(all) }));
}

function writeRuns(years: readonly number[]): string {
  const sorted = [...new Set(years)].sort((one, other) => one - other);
  const runs: [number, number][] = [];
  for (const year of sorted) {
    const last = runs.at(-1);
    if (last && last[1] === year - 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
