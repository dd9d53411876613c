interface FigureWords {
  code: string;
  name: { zh: string; en: string };
  unit: { zh: string; en: string };
  derivation: { zh: string; en: string };
  derived?: { of: readonly string[] } | null | undefined;
}

/** Figures that have all words of a search in their code, name, unit or derivation, in either language. */
export function findFigures<Figure extends FigureWords>(
  figures: readonly Figure[],
  find: string | undefined,
  kind: 'counted' | 'derived' | undefined,
): Figure[] {
  const wanted = (find ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return figures.filter((figure) => {
    if (kind && kind !== (figure.derived ? 'derived' : 'counted')) return false;
    const { name, unit, derivation } = figure;
    const text = [figure.code, name.zh, name.en, unit.zh, unit.en, derivation.zh, derivation.en]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Figures that are derived from a figure. */
export function findDependents<Figure extends FigureWords>(
  figures: readonly Figure[],
  code: string,
): Figure[] {
  return figures.filter((figure) => figure.derived?.of.includes(code));
}

/** The code that a definition in YAML names; undefined when it names none. */
export function readCode(yaml: string): string | undefined {
  return /^code:\s*['"]?([a-z0-9-]+)['"]?\s*(?:#.*)?$/m.exec(yaml)?.[1];
}

/** What a rehearsal splits by as its address says: by year unless it says otherwise, `none` for totals alone. */
export function readSplits(by: string | undefined): string[] {
  if (by === 'none') return [];
  return by?.split(',').filter(Boolean) ?? ['year'];
}

/** The splits as an address has them; undefined where they are by year, as without a word. */
export function writeSplits(splits: readonly string[]): string | undefined {
  if (splits.length === 0) return 'none';
  return splits.join() === 'year' ? undefined : splits.join();
}
