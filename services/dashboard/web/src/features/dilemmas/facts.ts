import type { Answer } from '../../kit/figures/answer';
import { tabulate, yearInBeijing, type FigureTable } from '../../kit/figures/table';

/** A number of a sentence, with the year that it is of. */
export interface Fact {
  code: string;
  year: string;
  value: number;
  filters: Record<string, string>;
}

/** The newest year up to the headline with a value; of what happens in a year only years that are over, because the last is not whole. */
export function newestFact(answer: Answer | undefined, wholeYears: boolean): Fact | null {
  const now = answer ? yearInBeijing(answer.position.time) : 0;
  const newest = Number(answer?.headline.period ?? 0);
  const lines = (answer?.items ?? [])
    .filter(
      (line) => line.value !== null && (line.year ?? 0) <= newest && (!wholeYears || (line.year ?? 0) < now),
    )
    .sort((a, b) => (b.year ?? 0) - (a.year ?? 0));
  const line = lines[0];
  return answer && line ? factOf(answer, line.year, line.value ?? 0) : null;
}

/** The value of the year that lies so many years before a fact, where there is one. */
export function factBefore(answer: Answer | undefined, fact: Fact | null, years: number): Fact | null {
  const line = answer?.items.find((each) => String(each.year) === String(Number(fact?.year) - years));
  return answer && line && line.value !== null ? factOf(answer, line.year, line.value) : null;
}

function factOf(answer: Answer, year: number | undefined, value: number): Fact {
  return { code: answer.indicator.code, year: String(year), value, filters: answer.filters };
}

/** What the lines of some codes have together in percent of the whole, with two decimals; null where nothing is counted. */
export function shareOfCodes(
  answer: Answer | undefined,
  dimension: string,
  codes: readonly string[],
): number | null {
  if (!answer) return null;
  const sum = (lines: { value: number | null }[]) => lines.reduce((all, line) => all + (line.value ?? 0), 0);
  const whole = answer.totals ? sum(answer.totals) : sum(answer.items);
  if (whole === 0) return null;
  const part = sum(answer.items.filter((line) => codes.includes(String(line[dimension]))));
  return Math.round((part / whole) * 10_000) / 100;
}

/** Puts figures by year below each other, each as one row under its name. */
export function combine(answers: (Answer | undefined)[]): FigureTable | null {
  const tables = answers.flatMap((answer) => (answer ? [{ answer, table: tabulate(answer) }] : []));
  const first = tables[0];
  if (!first) return null;
  const periods = [...new Set(tables.flatMap((each) => each.table.periods))].sort();
  return {
    splits: ['figure'],
    periods,
    running: tables.map((each) => each.table.running).find((running) => running !== null) ?? null,
    total: null,
    rows: tables.flatMap(({ answer, table }) =>
      table.rows.map((row) => ({
        ...row,
        key: `${answer.indicator.code}?${new URLSearchParams(answer.filters)}`,
        codes: [],
        names: [answer.indicator.name, ...row.names],
      })),
    ),
  };
}
