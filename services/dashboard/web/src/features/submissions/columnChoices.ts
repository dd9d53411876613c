import type { Batch, FileColumn } from './batch';

/** Choice for a column that is not read. */
export const NOT_READ = 'not-read';

/** Choices by the number of the column; a column without one has not been decided yet. */
export type ColumnChoices = Record<number, string | undefined>;

/** A heading and its field, as the service stores them. */
export interface MappedHeading {
  heading: string;
  field: string | null;
}

/** Columns that a clerk may map: all but those with a heading of the template. */
export function mappableColumns(batch: Batch): FileColumn[] {
  return batch.columns.filter((column) => column.reading !== 'own');
}

/** What each column means at first: as it was read; an unknown one as suggested. */
export function firstChoices(batch: Batch): ColumnChoices {
  return Object.fromEntries(
    mappableColumns(batch).map((column) => [
      column.number,
      column.field ?? (column.reading === 'ignored' ? NOT_READ : (column.suggestedField ?? undefined)),
    ]),
  );
}

/** Required fields that no column has, with the present choices. */
export function missingFields(batch: Batch, choices: ColumnChoices): string[] {
  const chosen = new Set(Object.values(choices));
  return batch.errors
    .filter((cause) => cause.rule === 'column-missing')
    .map((cause) => cause.pointer.slice(1))
    .filter((field) => !chosen.has(field));
}

/** Whether every column with a heading that can be shown is decided, and no field is meant by two columns. */
export function isDecided(batch: Batch, choices: ColumnChoices): boolean {
  const fields = mappableColumns(batch)
    .filter((column) => column.heading !== null)
    .map((column) => choices[column.number]);
  const meant = fields.filter((field) => field !== NOT_READ);
  return fields.every((field) => field !== undefined) && new Set(meant).size === meant.length;
}

/** The heading as the services compare it: full-width forms narrow, letters small, no blanks. */
function fold(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s\u200b]+/g, '')
    .toLowerCase();
}

/**
 * The mapping to store: the known one, with the choices that differ from how the columns were read. Each heading is
 * in it once, as the services compare headings; of two columns with the same heading the one with a field counts.
 */
export function mergeMapping(known: MappedHeading[], batch: Batch, choices: ColumnChoices): MappedHeading[] {
  const before = firstChoices(batch);
  const changed = mappableColumns(batch).flatMap((column) => {
    const choice = choices[column.number];
    const same = column.reading !== 'unknown' && choice === before[column.number];
    return column.heading === null || choice === undefined || same
      ? []
      : [{ heading: column.heading, field: choice === NOT_READ ? null : choice }];
  });
  const merged = new Map(known.map((column) => [fold(column.heading), column]));
  const chosen = new Map<string, MappedHeading>();
  for (const column of changed) {
    const key = fold(column.heading);
    merged.delete(key);
    if (column.field !== null || !chosen.has(key)) chosen.set(key, column);
  }
  return [...merged.values(), ...chosen.values()];
}
