import type { FigureTable, Row } from './table';
import { valueAt } from './table';

/** How far a value lies from what was known at another moment. */
export interface Difference {
  before: number | null;
  after: number | null;
  /** After minus before; what is not there counts as 0, as in the answers to "why". Null where neither is there. */
  amount: number | null;
}

/** The differences of one period by the keys of rows, of all rows that either answer has, and of the whole as `total`. */
export function compare(now: FigureTable, then: FigureTable, period: string): Map<string, Difference> {
  const differences = new Map<string, Difference>();
  const before = new Map(everyRow(then).map((row) => [row.key, row]));
  const keys = new Set([...everyRow(now).map((row) => row.key), ...before.keys()]);
  const after = new Map(everyRow(now).map((row) => [row.key, row]));
  for (const key of keys) {
    differences.set(key, differ(valueOf(before.get(key), period), valueOf(after.get(key), period)));
  }
  return differences;
}

/** Adds the rows that only the earlier answer has, without values, so that what vanished is seen. */
export function addVanished(now: FigureTable, then: FigureTable): FigureTable {
  const known = new Set(now.rows.map((row) => row.key));
  const vanished = then.rows.filter((row) => !known.has(row.key)).map((row) => ({ ...row, cells: {} }));
  return vanished.length === 0 ? now : { ...now, rows: [...now.rows, ...vanished] };
}

function everyRow(table: FigureTable): Row[] {
  return table.total ? [...table.rows, table.total] : table.rows;
}

function valueOf(row: Row | undefined, period: string): number | null {
  return row ? valueAt(row, period) : null;
}

function differ(before: number | null, after: number | null): Difference {
  if (before === null && after === null) return { before, after, amount: null };
  return { before, after, amount: Math.round(((after ?? 0) - (before ?? 0)) * 100) / 100 };
}
