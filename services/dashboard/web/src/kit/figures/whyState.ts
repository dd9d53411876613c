import { parseSearch, writeSearch } from '../search';

export const WHY_TABS = ['causes', 'records', 'definition', 'coverage'] as const;
export type WhyTab = (typeof WHY_TABS)[number];

/** One value, and the two moments of knowledge between which it moved. */
export interface WhyState {
  code: string;
  /** A year, a month or years; absent: today. */
  period?: string | undefined;
  /** Codes by dimension, separated by commas. */
  filters: Record<string, string>;
  list?: string | undefined;
  /** The first moment; absent: a day before the second. */
  from?: string | undefined;
  /** The second moment; absent: now. */
  to?: string | undefined;
  tab?: WhyTab | undefined;
  /** The order of tables. */
  sort?: string | undefined;
}

const OWN = new Set(['period', 'list', 'from', 'to', 'tab', 'asOf', 'kiosk', 'why', 'sort']);

/** The parameters of the page about a value. */
export function searchOfWhy(state: WhyState): Record<string, string | undefined> {
  const { period, list, from, to, tab, sort } = state;
  return { ...state.filters, period, list, from, to, tab, sort };
}

/** What an address asks about; every parameter that is not the page's own is a filter. */
export function readWhy(code: string, search: Record<string, unknown>): WhyState {
  const text = (name: string) => (search[name] === undefined ? undefined : String(search[name]));
  const filters: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (!OWN.has(name) && value !== undefined) filters[name] = String(value);
  }
  return {
    code,
    filters,
    period: text('period'),
    list: text('list'),
    from: text('from'),
    to: text('to'),
    tab: WHY_TABS.find((tab) => tab === search.tab),
    sort: text('sort'),
  };
}

/** The state as one parameter of another page, over which it is open as a drawer. */
export function writeWhy(state: WhyState): string {
  return state.code + writeSearch(searchOfWhy(state));
}

export function parseWhy(text: string): WhyState {
  const [code = '', query = ''] = text.split(/\?(.*)/s);
  return readWhy(code, parseSearch(query));
}

/** The question of the API about the value: the filters of values without a split. */
export function questionOfWhy(state: WhyState): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of Object.keys(state.filters).sort()) query.set(name, state.filters[name] ?? '');
  if (state.list) query.set('list', state.list);
  if (state.period) query.set('period', state.period);
  return query;
}

const DAY_MILLISECONDS = 86_400_000;

/** The first moment that is meant: the one that was asked for, or a day before the second. */
export function momentBefore(to: string | undefined, now: number): string {
  return new Date((to ? Date.parse(to) : now) - DAY_MILLISECONDS).toISOString();
}
