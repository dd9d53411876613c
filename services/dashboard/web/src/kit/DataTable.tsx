import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type ReactNode } from 'react';
import styles from './components.module.css';
import { useFormats } from './formats';
import { kitWords } from './kitWords';
import { nextOrder, useTableOrder, type TableOrder } from './tableOrder';
import { usePrinting } from './usePrinting';
import { useWords } from './words';

/** A column: `sortBy` makes it sortable, `align: 'end'` is for numbers, `rowHead` names the row. */
export interface Column<Row> {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  sortBy?: (row: Row) => string | number | null | undefined;
  align?: 'start' | 'end';
  rowHead?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table shows, for everybody and for screen readers. */
  caption: ReactNode;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  captionHidden?: boolean;
  /** Name of the table in the parameter `sort`, where a page has several tables. */
  name?: string;
  /** Rows of one height, of which only the visible ones are drawn: for more than some hundred. */
  virtual?: { height: number };
}

const ROW_HEIGHT = 33;
/** More lines are not useful on paper; the files have them all. */
const MOST_PRINTED_ROWS = 2_000;
const WIDEST_WHOLE_TEXT = 16;

/** Compares numbers by size and texts by the order of the language; what has no value comes last. */
export function compareCells(
  one: string | number | null | undefined,
  other: string | number | null | undefined,
  descending: boolean,
): number {
  const absentOne = one === null || one === undefined;
  const absentOther = other === null || other === undefined;
  if (absentOne || absentOther) return Number(absentOne) - Number(absentOther);
  const order =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : String(one).localeCompare(String(other), 'zh-CN');
  return descending ? -order : order;
}

function sortRows<Row>(rows: Row[], columns: Column<Row>[], order: TableOrder | undefined): Row[] {
  const sortBy = columns.find((column) => column.key === order?.key)?.sortBy;
  if (!order || !sortBy) return rows;
  return [...rows].sort((one, other) => compareCells(sortBy(one), sortBy(other), order.descending));
}

/** A real table, sortable by its heads; with `virtual` it scrolls through any number of rows. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  captionHidden,
  name,
  virtual,
}: DataTableProps<Row>) {
  const [asked, setOrder] = useTableOrder(name);
  const order = columns.some((column) => column.key === asked?.key && column.sortBy) ? asked : undefined;
  const sorted = useMemo(
    () => sortRows(rows, columns, order),
    [rows, columns, order?.key, order?.descending],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const words = useWords(kitWords);
  const formats = useFormats();
  const printing = usePrinting();
  const windowed = virtual !== undefined && !printing;
  const virtualizer = useVirtualizer({
    count: windowed ? sorted.length : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const visible = windowed ? virtualizer.getVirtualItems() : [];
  const first = visible[0];
  const last = visible.at(-1);
  const whole = printing ? sorted.slice(0, MOST_PRINTED_ROWS) : sorted;
  const shown = windowed
    ? visible.map((item) => ({ row: sorted[item.index]!, index: item.index }))
    : whole.map((row, index) => ({ row, index }));
  const notPrinted = printing ? sorted.length - whole.length : 0;
  const span = columns.length;

  return (
    <div
      ref={scroll}
      className={styles.tableScroll}
      style={windowed ? { height: virtual.height } : undefined}
      tabIndex={0}
      role="group"
    >
      <table
        className={styles.table}
        data-fixed={windowed ? '' : undefined}
        aria-rowcount={windowed ? sorted.length + 1 : undefined}
      >
        <caption className={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} order={order} onSort={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 ? <Gap span={span} height={first.start} /> : null}
          {shown.map(({ row, index }) => (
            <tr key={rowKey(row)} aria-rowindex={windowed ? index + 2 : undefined}>
              {columns.map((column) =>
                column.rowHead ? (
                  <th key={column.key} scope="row" data-align={column.align}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <Cell key={column.key} align={column.align}>
                    {column.cell(row)}
                  </Cell>
                ),
              )}
            </tr>
          ))}
          {last ? <Gap span={span} height={virtualizer.getTotalSize() - last.end} /> : null}
        </tbody>
      </table>
      {notPrinted > 0 ? <p>{words.notPrinted(formats.number(notPrinted))}</p> : null}
    </div>
  );
}

/** A text that is not broken: without letters, such as a date, or a short one. A Chinese character is twice as wide. */
function isWhole(content: ReactNode): boolean {
  if (typeof content !== 'string') return false;
  const width = content.replace(/[\u2e80-\uffff]/g, 'xx').length;
  return width <= WIDEST_WHOLE_TEXT || !/\p{L}/u.test(content);
}

function Cell({ align, children }: { align: 'start' | 'end' | undefined; children: ReactNode }) {
  return (
    <td data-align={align} data-whole={isWhole(children) ? '' : undefined}>
      {children}
    </td>
  );
}

function Gap({ span, height }: { span: number; height: number }) {
  return height <= 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function HeadCell<Row>({
  column,
  order,
  onSort,
}: {
  column: Column<Row>;
  order: TableOrder | undefined;
  onSort: (order: TableOrder | undefined) => void;
}) {
  const words = useWords(kitWords);
  const active = order?.key === column.key;
  const sorted = !active ? undefined : order.descending ? 'descending' : 'ascending';
  const next = nextOrder(order, column.key);
  const title = !next ? words.sortAsCame : next.descending ? words.sortDescending : words.sortAscending;
  return (
    <th scope="col" data-align={column.align} aria-sort={sorted}>
      {column.sortBy ? (
        <button type="button" className={styles.sort} title={title} onClick={() => onSort(next)}>
          {column.head}
          <span aria-hidden="true">{!active ? '\u00a0↕' : order.descending ? '\u00a0▾' : '\u00a0▴'}</span>
        </button>
      ) : (
        column.head
      )}
    </th>
  );
}
