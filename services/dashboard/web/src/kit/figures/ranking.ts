import type { Cell, FigureTable, Row } from './table';
import { valueAt } from './table';

/** A row with its place in a period; equal values share a place. */
export interface Ranked {
  row: Row;
  value: number;
  place: number;
}

/** The ranked rows of a period, largest first, without the rows that stand apart and those without a value. */
export function rank(table: FigureTable, period: string): Ranked[] {
  const found = table.rows
    .filter((row) => row.kind === 'value' && !row.apart)
    .map((row) => ({ row, value: valueAt(row, period) }))
    .filter((each): each is { row: Row; value: number } => each.value !== null)
    .sort((a, b) => b.value - a.value || (a.row.key < b.row.key ? -1 : 1));
  let place = 0;
  return found.map((each, at) => {
    if (at === 0 || found[at - 1]?.value !== each.value) place = at + 1;
    return { ...each, place };
  });
}

/**
 * The largest `count` rows of a period over all periods. The rest comes as others where the figure adds up and the answer has the
 * whole, so that the picture shows the whole; rows apart stay.
 */
export function keepTop(table: FigureTable, count: number, period: string, addsUp: boolean): FigureTable {
  const kept = rank(table, period)
    .slice(0, count)
    .map((each) => each.row);
  const rows = table.rows.filter((row) => row.kind === 'value');
  const dropped = rows.filter((row) => !row.apart && !kept.includes(row));
  if (dropped.length === 0)
    return { ...table, rows: [...kept, ...table.rows.filter((row) => row.apart || row.kind === 'others')] };
  const given = table.rows.find((row) => row.kind === 'others');
  const apart = rows.filter((row) => row.apart);
  const others = addsUp ? [addOthers(given ? [...dropped, given] : dropped, table.periods)] : [];
  return { ...table, rows: [...kept, ...others, ...apart] };
}

function addOthers(rows: Row[], periods: string[]): Row {
  const cells: Record<string, Cell> = {};
  for (const period of periods) {
    const present = rows.map((row) => row.cells[period]).filter((cell): cell is Cell => cell?.value != null);
    if (present.length === 0) continue;
    const cell: Cell = { value: present.reduce((sum, each) => sum + (each.value ?? 0), 0) };
    if (present.every((each) => each.share !== undefined))
      cell.share = Math.round(present.reduce((sum, each) => sum + (each.share ?? 0), 0) * 100) / 100;
    cells[period] = cell;
  }
  return {
    key: 'others',
    codes: [],
    names: [{ zh: '其余', en: 'All others' }],
    kind: 'others',
    apart: false,
    cells,
  };
}

/** The share in percent, with two decimals, of the largest `count` rows in all rows of a period; null where nothing was counted. */
export function shareOfTop(table: FigureTable, count: number, period: string): number | null {
  const ranked = rank(table, period);
  const rest = table.rows.filter((row) => row.kind === 'others' || row.apart);
  const whole =
    (table.total && valueAt(table.total, period)) ||
    ranked.reduce((sum, each) => sum + each.value, 0) +
      rest.reduce((sum, row) => sum + (valueAt(row, period) ?? 0), 0);
  if (!whole) return null;
  const part = ranked.slice(0, count).reduce((sum, each) => sum + each.value, 0);
  return Math.round((part / whole) * 10_000) / 100;
}

/** The rows with the largest of a period first, provinces in the order of their codes; others and rows apart come last. */
export function orderRows(table: FigureTable, period: string): FigureTable {
  const group = (row: Row) => (row.kind === 'others' ? 1 : row.apart ? 2 : 0);
  const byCode = table.splits[0] === 'province';
  const rows = [...table.rows].sort((a, b) => {
    const order = byCode ? 0 : (valueAt(b, period) ?? -1) - (valueAt(a, period) ?? -1);
    return group(a) - group(b) || order || (a.key < b.key ? -1 : 1);
  });
  return { ...table, rows };
}
