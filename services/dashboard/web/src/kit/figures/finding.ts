import { changeOf } from './growth';
import { rank, shareOfTop } from './ranking';
import type { BothLanguages } from './answer';
import type { FigureTable, Row } from './table';
import { newestWithValues, valueAt } from './table';

/** What a picture shows, computed from its numbers; the words of each language make the title of it. */
export type Finding =
  | { kind: 'nothing' }
  | { kind: 'not-reported'; period: string; lastReported: number | null }
  | { kind: 'value'; period: string; value: number }
  | { kind: 'moved'; from: string; to: string; before: number; after: number; change: number | null }
  | {
      kind: 'leader';
      period: string;
      names: BothLanguages[];
      value: number;
      share: number | null;
      count: number;
    }
  | { kind: 'leaders'; period: string; leaders: BothLanguages[]; count: number; share: number }
  | { kind: 'fastest'; names: BothLanguages[]; from: string; to: string; amount: number };

/**
 * What a figure over years shows up to its headline: the last whole year against the first year of the picture, or which of its
 * parts moved most between the two. Where the first year has no value nothing is compared.
 */
export function findOverYears(table: FigureTable, headline: string | null): Finding {
  const whole = table.periods.filter(
    (period) => period !== table.running && headline !== null && period <= headline,
  );
  const last = newestWithValues({ ...table, periods: whole });
  const first = table.periods[0];
  if (last === null || first === undefined) {
    return headline === null
      ? findInPeriod(table, table.periods.at(-1) ?? '')
      : findInPeriod(table, headline);
  }
  const row = wholeOf(table);
  if (!row) return findFastest(table, first, last) ?? findInPeriod(table, last);
  const after = valueAt(row, last);
  if (after === null) return absent(row, last);
  const before = valueAt(row, first);
  if (before === null || first === last) return { kind: 'value', period: last, value: after };
  return { kind: 'moved', from: first, to: last, before, after, change: changeOf(before, after, 'percent') };
}

/** What a figure shows in one period: its leader and what the largest three have together. */
export function findInPeriod(table: FigureTable, period: string, addsUp = true): Finding {
  const whole = wholeOf(table);
  if (whole) {
    const value = valueAt(whole, period);
    return value === null ? absent(whole, period) : { kind: 'value', period, value };
  }
  const ranked = rank(table, period);
  const first = ranked[0];
  if (!first || first.value === 0) return absent(table.total ?? table.rows[0] ?? null, period);
  const share = addsUp ? shareOfTop(table, 3, period) : null;
  if (share !== null && ranked.length > 5) {
    return {
      kind: 'leaders',
      period,
      leaders: ranked.slice(0, 3).map((each) => lastName(each.row)),
      count: 3,
      share,
    };
  }
  return {
    kind: 'leader',
    period,
    names: first.row.names,
    value: first.value,
    share: addsUp ? shareOfTop(table, 1, period) : null,
    count: ranked.length,
  };
}

function findFastest(table: FigureTable, from: string, last: string): Finding | null {
  if (from === last) return null;
  const moved = table.rows
    .filter((row) => row.kind === 'value' && !row.apart)
    .map((row) => ({ row, amount: (valueAt(row, last) ?? 0) - (valueAt(row, from) ?? 0) }))
    .sort((a, b) => b.amount - a.amount)[0];
  if (!moved || moved.amount <= 0) return null;
  return {
    kind: 'fastest',
    names: moved.row.names,
    from,
    to: last,
    amount: Math.round(moved.amount * 100) / 100,
  };
}

function wholeOf(table: FigureTable): Row | null {
  if (table.splits.length > 0) return null;
  return table.rows[0] ?? table.total;
}

function absent(row: Row | null, period: string): Finding {
  const cell = row?.cells[period];
  if (cell?.status !== 'not-reported') return { kind: 'nothing' };
  return { kind: 'not-reported', period, lastReported: cell.lastReported ?? null };
}

function lastName(row: Row): BothLanguages {
  return {
    zh: row.names.map((name) => name.zh).join('·'),
    en: row.names.map((name) => name.en).join(' · '),
  };
}
