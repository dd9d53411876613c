import { useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, useContext } from 'react';

/** Columns may be periods, such as 2012..2026. */
const NAMED = /^[a-z][\w-]*\./i;

/** A column that a table is sorted by. */
export interface TableOrder {
  key: string;
  descending: boolean;
}

interface OrderParameter {
  sort: string | undefined;
  change: (sort: string | undefined) => void;
}

/** A panel over a page keeps the orders of its tables in its own address. */
export const OrderParameterContext = createContext<OrderParameter | undefined>(undefined);

/** The order that an address asks for: `key`, `-key` for descending, with `name.` in front for one of several tables. */
export function readOrder(sort: string | undefined, table: string | undefined): TableOrder | undefined {
  const entry = splitEntries(sort).find((each) => isOf(each, table));
  const text = entry?.slice(table === undefined ? 0 : table.length + 1);
  if (!text) return undefined;
  const descending = text.startsWith('-');
  return { key: descending ? text.slice(1) : text, descending };
}

/** The parameter with another order of one table; those of the others stay. */
export function writeOrder(
  sort: string | undefined,
  table: string | undefined,
  order: TableOrder | undefined,
): string | undefined {
  const others = splitEntries(sort).filter((each) => !isOf(each, table));
  const name = table === undefined ? '' : `${table}.`;
  const own = order ? [`${name}${order.descending ? '-' : ''}${order.key}`] : [];
  return [...others, ...own].join(',') || undefined;
}

/** The next order after a press on a head: ascending, descending, then the one that the rows came in. */
export function nextOrder(order: TableOrder | undefined, key: string): TableOrder | undefined {
  if (order?.key !== key) return { key, descending: false };
  return order.descending ? undefined : { key, descending: true };
}

/** The order of a table as its address says, and the change of both. */
export function useTableOrder(
  table: string | undefined,
): [TableOrder | undefined, (order: TableOrder | undefined) => void] {
  const page = useSearch({ strict: false, select: (search: { sort?: string }) => search.sort });
  const navigate = useNavigate();
  const over = useContext(OrderParameterContext);
  const sort = over ? over.sort : page;
  const change =
    over?.change ??
    ((next: string | undefined) =>
      void navigate({
        to: '.',
        search: (old) => ({ ...old, sort: next }),
        replace: true,
        resetScroll: false,
      }));
  return [readOrder(sort, table), (order) => change(writeOrder(sort, table, order))];
}

function splitEntries(sort: string | undefined): string[] {
  return sort?.split(',').filter(Boolean) ?? [];
}

function isOf(entry: string, table: string | undefined): boolean {
  return table === undefined ? !NAMED.test(entry) : entry.startsWith(`${table}.`);
}
