import type { Cell, FigureTable, Row } from './table';
import { valueAt } from './table';

/**
 * The change against the year before: of counts in percent with one decimal, of shares in points. There is none from or to a value
 * that is not reported, from 0, and to the year that goes on where the figure is a flow, because that year is not over.
 */
export function growFrom(table: FigureTable, unit: 'percent' | 'points', flow: boolean): FigureTable {
  const change = (row: Row): Row => {
    const cells: Record<string, Cell> = {};
    for (const period of table.periods) {
      const before = valueAt(row, String(Number(period) - 1));
      const after = valueAt(row, period);
      const unfinished = flow && period === table.running;
      cells[period] = {
        value: before === null || after === null || unfinished ? null : changeOf(before, after, unit),
      };
    }
    return { ...row, cells };
  };
  return { ...table, rows: table.rows.map(change), total: table.total && change(table.total) };
}

/** The change between two values: percent with one decimal, null from 0; points with two. */
export function changeOf(before: number, after: number, unit: 'percent' | 'points'): number | null {
  if (unit === 'points') return Math.round((after - before) * 100) / 100;
  return before === 0 ? null : Math.round(((after - before) / before) * 1000) / 10;
}

/** The shares of an answer as values, so that every picture can show them. */
export function showShares(table: FigureTable): FigureTable {
  const toShare = (row: Row): Row => ({
    ...row,
    cells: Object.fromEntries(
      Object.entries(row.cells).map(([period, cell]) => [period, withoutShare(cell)]),
    ),
  });
  return { ...table, rows: table.rows.map(toShare), total: null };
}

function withoutShare({ share, ...cell }: Cell): Cell {
  return { ...cell, value: share ?? null };
}
