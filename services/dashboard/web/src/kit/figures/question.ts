/** A question to one figure, in the words of the API: what a link holds, what is asked, and what a file contains. */
export interface Question {
  code: string;
  /** `year`, dimensions and lists, in the order in which the rows are split. */
  by: string[];
  /** Codes by dimension; an empty list is no filter. */
  filters: Record<string, string[]>;
  /** Lists such as `belt-and-road@then`, or `!asean@now`. */
  lists: string[];
  /** A year, a month or years; absent: today, or with `year` every year. */
  period?: string;
  /** Only so many of the largest values. */
  top?: number;
  /** The moment of knowledge; absent: now. */
  asOf?: string;
}

export type FileFormat = 'csv' | 'xlsx' | 'sdmx-csv' | 'sdmx-json';

/** The query that asks for the values, in an order that does not depend on how the question was made. */
export function writeQuery(question: Question, more: Record<string, string> = {}): URLSearchParams {
  const query = new URLSearchParams();
  if (question.by.length > 0) query.set('by', question.by.join(','));
  if (question.period) query.set('period', question.period);
  writeFilters(query, question);
  if (question.top) query.set('top', String(question.top));
  if (question.asOf) query.set('asOf', question.asOf);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query;
}

/** Adds the filters and lists of a question to a query. */
export function writeFilters(query: URLSearchParams, question: Pick<Question, 'filters' | 'lists'>): void {
  for (const name of Object.keys(question.filters).sort()) {
    const codes = question.filters[name];
    if (codes && codes.length > 0) query.set(name, codes.join(','));
  }
  if (question.lists.length > 0) query.set('list', question.lists.join(','));
}

/** The address of the API that answers the question, in the format asked for. */
export function addressOfValues(question: Question, more: Record<string, string> = {}): string {
  return `/api/indicators/v1/indicators/${encodeURIComponent(question.code)}/values?${writeQuery(question, more)}`;
}

/** The dimensions and lists that the question splits by, without the year. */
export function splitsOf(question: Question): string[] {
  return question.by.filter((name) => name !== 'year');
}
