import type { FigureTable, Row } from '../figures/table';

/** All provinces have a place among the small charts; of countries the first ones, until the reader asks for the rest. */
export const FIRST_CHARTS = 40;

/** The small charts: one for each row, or of two splits one for each code of the first. */
export function groupRows(
  table: FigureTable,
  nameOf: (row: Row) => string,
): { title: string; rows: Row[] }[] {
  const found = new Map<string, Row[]>();
  for (const row of table.rows) {
    const key = row.kind === 'others' ? 'others' : (row.codes[0] ?? '');
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  }
  return [...found.values()].map((rows) => {
    const first = rows[0] as Row;
    const inner = rows.map((row) => (row.names.length > 1 ? { ...row, names: row.names.slice(1) } : row));
    return { title: nameOf({ ...first, names: first.names.slice(0, 1) }), rows: inner };
  });
}
