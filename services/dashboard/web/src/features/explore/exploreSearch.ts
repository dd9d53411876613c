import {
  choiceParameter,
  flagParameter,
  listParameter,
  numberParameter,
  textParameter,
} from '../../kit/search';
import type { Question } from '../../kit/figures/question';

export const VIEWS = [
  'line',
  'bar',
  'stacked',
  'heat',
  'provinces',
  'ranked',
  'dots',
  'multiples',
  'table',
] as const;
export type View = (typeof VIEWS)[number];

/** What the address of the page says; every other parameter is a filter by the dimension of that name. */
export interface ExploreSearch {
  by?: string | undefined;
  period?: string | undefined;
  list?: string | undefined;
  top?: number | undefined;
  shares?: true | undefined;
  growth?: true | undefined;
  view?: View | undefined;
  /** The period that a picture of one period shows. */
  at?: string | undefined;
  /** The other moment of knowledge. */
  vs?: string | undefined;
  why?: string | undefined;
  [filter: string]: unknown;
}

const OWN = new Set([
  'by',
  'period',
  'list',
  'top',
  'shares',
  'growth',
  'view',
  'at',
  'vs',
  'why',
  'asOf',
  'kiosk',
  'sort',
]);

export function readExploreSearch(search: Record<string, unknown>): ExploreSearch {
  const filters = Object.entries(search).filter(([name]) => !OWN.has(name));
  return {
    ...Object.fromEntries(filters.map(([name]) => [name, textParameter(search, name)])),
    by: textParameter(search, 'by'),
    period: textParameter(search, 'period'),
    list: textParameter(search, 'list'),
    top: textParameter(search, 'top') === undefined ? undefined : numberParameter(search, 'top'),
    shares: flagParameter(search, 'shares'),
    growth: flagParameter(search, 'growth'),
    view: choiceParameter(search, 'view', VIEWS),
    at: textParameter(search, 'at'),
    vs: textParameter(search, 'vs'),
    why: textParameter(search, 'why'),
  };
}

/** Whether the question of an address is about one year that the address does not name. */
export function needsHeadline(search: ExploreSearch, byYear: boolean): boolean {
  return byYear && !search.period && !(listParameter(search, 'by') ?? ['year']).includes('year');
}

/**
 * The question that an address asks; by year unless it splits otherwise and says so, or the figure is none of a year.
 *
 * @param headline the year that is asked for, where the address names none and does not split by year
 */
export function questionOf(
  code: string,
  search: ExploreSearch & { asOf?: string | undefined },
  byYear: boolean,
  headline?: string | null,
): Question {
  const by = listParameter(search, 'by') ?? (byYear ? ['year'] : []);
  const period = search.period ?? (needsHeadline(search, byYear) ? headline : undefined);
  const filters = Object.entries(search).filter(
    ([name, value]) => !OWN.has(name) && typeof value === 'string',
  );
  return {
    code,
    by,
    filters: Object.fromEntries(filters.map(([name, value]) => [name, String(value).split(',')])),
    lists: listParameter(search, 'list') ?? [],
    ...(period ? { period } : {}),
    ...(search.top && !by.includes('year') ? { top: search.top } : {}),
    ...(search.asOf ? { asOf: search.asOf } : {}),
  };
}

/** The view that suits a question when the address names none: what moves is a line, what has parts is shown by these. */
export function defaultView(splits: string[], byYear: boolean): View {
  if (splits.length === 0) return byYear ? 'line' : 'table';
  if (splits.length > 1) return 'heat';
  return byYear ? 'line' : 'ranked';
}

const COUNTRY_SPLITS = new Set(['country', 'hostCountry', 'nationality', 'partnerCountry']);

/** What a question lacks for a view. */
export type ViewNeed =
  | 'year'
  | 'at-most-one-split'
  | 'year-and-one-split'
  | 'two-splits'
  | 'provinces'
  | 'one-split'
  | 'countries'
  | 'year-and-split';

/** What a question lacks for a view; null: it can be shown in it. */
export function lackOf(view: View, splits: string[], byYear: boolean): ViewNeed | null {
  const single = splits.length === 1 ? (splits[0] ?? '') : '';
  switch (view) {
    case 'line':
    case 'bar':
      if (splits.length > 1) return 'at-most-one-split';
      return byYear ? null : 'year';
    case 'stacked':
      return byYear && single ? null : 'year-and-one-split';
    case 'heat':
      return splits.length === 2 || (byYear && single) ? null : 'two-splits';
    case 'provinces':
      return single === 'province' ? null : 'provinces';
    case 'ranked':
      return single ? null : 'one-split';
    case 'dots':
      return COUNTRY_SPLITS.has(single) ? null : 'countries';
    case 'multiples':
      return byYear && splits.length > 0 ? null : 'year-and-split';
    case 'table':
      return null;
  }
}

/** The views that a question can be shown in. */
export function viewsFor(splits: string[], byYear: boolean): View[] {
  return VIEWS.filter((view) => lackOf(view, splits, byYear) === null);
}

/** Views that show one period at a time, which a slider goes through. */
export function showsOnePeriod(view: View, splits: string[]): boolean {
  return (
    view === 'provinces' || view === 'ranked' || view === 'dots' || (view === 'heat' && splits.length === 2)
  );
}
