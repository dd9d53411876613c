import {
  choiceParameter,
  flagParameter,
  listParameter,
  numberParameter,
  textParameter,
} from '../../kit/search';
import type { Question } from '../figures/question';

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

/** The question that an address asks; by year unless it splits otherwise and says so, or the figure is none of a year. */
export function questionOf(
  code: string,
  search: ExploreSearch & { asOf?: string | undefined },
  byYear: boolean,
): Question {
  const by = listParameter(search, 'by') ?? (byYear ? ['year'] : []);
  const filters = Object.entries(search).filter(
    ([name, value]) => !OWN.has(name) && typeof value === 'string',
  );
  return {
    code,
    by,
    filters: Object.fromEntries(filters.map(([name, value]) => [name, String(value).split(',')])),
    lists: listParameter(search, 'list') ?? [],
    ...(search.period ? { period: search.period } : {}),
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

/** The views that a question can be shown in. */
export function viewsFor(splits: string[], byYear: boolean): View[] {
  const single = splits.length === 1 ? (splits[0] ?? '') : '';
  return VIEWS.filter((view) => {
    switch (view) {
      case 'line':
        return byYear && splits.length < 2;
      case 'bar':
        return byYear && splits.length < 2;
      case 'stacked':
        return byYear && splits.length === 1;
      case 'heat':
        return splits.length === 2 || (byYear && splits.length === 1);
      case 'provinces':
        return single === 'province';
      case 'ranked':
        return splits.length === 1;
      case 'dots':
        return COUNTRY_SPLITS.has(single);
      case 'multiples':
        return byYear && splits.length > 0;
      case 'table':
        return true;
    }
  });
}

/** Views that show one period at a time, which a slider goes through. */
export function showsOnePeriod(view: View, splits: string[]): boolean {
  return (
    view === 'provinces' || view === 'ranked' || view === 'dots' || (view === 'heat' && splits.length === 2)
  );
}
