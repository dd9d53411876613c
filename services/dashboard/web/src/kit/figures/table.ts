import type { Answer, BothLanguages, Headline, Line } from './answer';

/** One value of the picture; a missing one says why where the answer does. */
export interface Cell {
  value: number | null;
  share?: number;
  status?: string;
  lastReported?: number;
}

/** What one code, or pair of codes, has in every period of the answer. */
export interface Row {
  key: string;
  codes: string[];
  names: BothLanguages[];
  kind: 'value' | 'others' | 'total';
  /** Hong Kong, Macao and Taiwan of China, which no ranking of countries contains. */
  apart: boolean;
  cells: Record<string, Cell>;
}

/** An answer as rows and periods: the one form that every picture and its table is made from. */
export interface FigureTable {
  splits: string[];
  periods: string[];
  rows: Row[];
  total: Row | null;
  /** The year that still goes on, if it is among the periods. */
  running: string | null;
}

const OF_COUNTRIES = new Set(['country', 'hostCountry', 'nationality', 'partnerCountry']);
const APART = new Set(['HKG', 'MAC', 'TWN']);
const OTHERS: BothLanguages = { zh: '其余', en: 'All others' };
const TOTAL: BothLanguages = { zh: '合计', en: 'Total' };

/** The year of a moment in Beijing. */
export function yearInBeijing(time: string): number {
  return new Date(new Date(time).getTime() + 8 * 3600_000).getUTCFullYear();
}

/** Whether a split is by country, so that its rows are headed "countries and regions". */
export function isOfCountries(split: string): boolean {
  return OF_COUNTRIES.has(split);
}

/** Puts the lines of an answer into rows and periods; a sum that the answer has not, such as that of others, is not invented. */
export function tabulate(answer: Answer): FigureTable {
  const splits = answer.by.filter((name) => name !== 'year');
  const byYear = answer.by.includes('year');
  const periodOf = (line: Line) => (byYear ? String(line.year) : answer.period);
  const periods = new Set<string>();
  const rows = new Map<string, Row>();
  for (const line of answer.items) {
    periods.add(periodOf(line));
    const codes = splits.map((split) => String(line[split] ?? ''));
    const key = codes.join('|');
    let row = rows.get(key);
    if (!row) {
      row = emptyRow(key, codes, splits, answer);
      rows.set(key, row);
    }
    row.cells[periodOf(line)] = cellOf(line);
  }
  for (const line of answer.totals ?? []) periods.add(periodOf(line));
  const others = gather('others', OTHERS, answer.others, periodOf);
  if (others) rows.set('others', others);
  const sorted = [...periods].sort();
  const now = String(yearInBeijing(answer.position.time));
  return {
    splits,
    periods: sorted,
    rows: [...rows.values()],
    total: gather('total', TOTAL, answer.totals, periodOf),
    running: sorted.includes(now) ? now : null,
  };
}

function emptyRow(key: string, codes: string[], splits: string[], answer: Answer): Row {
  const names = codes.map((code, at) => answer.labels[splits[at] ?? '']?.[code] ?? { zh: code, en: code });
  const apart = codes.some((code, at) => isOfCountries(splits[at] ?? '') && APART.has(code));
  return { key, codes, names, kind: 'value', apart, cells: {} };
}

function gather(
  kind: 'others' | 'total',
  name: BothLanguages,
  lines: Line[] | undefined,
  periodOf: (line: Line) => string,
): Row | null {
  if (!lines || lines.length === 0) return null;
  const cells = Object.fromEntries(lines.map((line) => [periodOf(line), cellOf(line)]));
  return { key: kind, codes: [], names: [name], kind, apart: false, cells };
}

function cellOf(line: Line): Cell {
  const cell: Cell = { value: line.value };
  if (line.share !== undefined) cell.share = line.share;
  const status = line.valueStatus ?? line.status;
  if (status !== undefined) cell.status = status;
  if (line.lastReported !== undefined) cell.lastReported = line.lastReported;
  return cell;
}

/** The value of a row in a period; null where there is none. */
export function valueAt(row: Row, period: string): number | null {
  return row.cells[period]?.value ?? null;
}

/** The headline of the figure, or the last period before it with values; where there is none, the newest with values. */
export function headlinePeriod(table: FigureTable, headline: Headline): string | null {
  const newest = headline.period;
  const periods = table.periods.filter((period) => newest !== null && period.slice(0, 4) <= newest);
  return newestWithValues({ ...table, periods }) ?? newestWithValues(table);
}

/** The newest period in which any row has a value; of an answer without values the newest period. */
export function newestWithValues(table: FigureTable, before?: string): string | null {
  const all = table.total ? [...table.rows, table.total] : table.rows;
  const periods = before === undefined ? table.periods : table.periods.filter((period) => period < before);
  for (let at = periods.length - 1; at >= 0; at--) {
    const period = periods[at];
    if (period !== undefined && all.some((row) => valueAt(row, period) !== null)) return period;
  }
  return periods[periods.length - 1] ?? null;
}
