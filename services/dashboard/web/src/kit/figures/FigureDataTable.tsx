import type { ReactNode } from 'react';
import { DataTable, type Column } from '../DataTable';
import { kitWords } from '../kitWords';
import { useWords } from '../words';
import { DifferenceMark } from './DifferenceMark';
import styles from './figures.module.css';
import type { Difference } from './comparison';
import type { FigureTable, Row } from './table';
import { valueAt } from './table';

export interface FigureDataTableProps {
  /** Name of the table in the parameter `sort`, where a page has several tables. */
  name?: string;
  caption: string;
  /** What the first column holds. */
  head: string;
  table: FigureTable;
  nameOf: (row: Row) => string;
  format: (value: number | null) => string;
  formatPeriod: (period: string) => string;
  open: (row: Row, period: string, content: ReactNode) => ReactNode;
  /** What was known at another moment, of one period; each difference leads to its causes. */
  compared?: {
    head: string;
    period: string;
    differences: Map<string, Difference>;
    format: (difference: number | null) => string;
    openDifference: (row: Row, content: ReactNode) => ReactNode;
  };
}

const VIRTUAL_FROM = 300;

/**
 * The numbers of a picture as a real table: one line for each row, one column for each period with the newest
 * first, and the whole at the end.
 */
export function FigureDataTable({
  name,
  caption,
  head,
  table,
  nameOf,
  format,
  formatPeriod,
  open,
  compared,
}: FigureDataTableProps) {
  const kit = useWords(kitWords);
  const rows = table.total && table.splits.length > 0 ? [...table.rows, table.total] : table.rows;
  const shown = rows.length > 0 ? rows : table.total ? [table.total] : [];
  const columns: Column<Row>[] = [
    {
      key: 'name',
      head,
      rowHead: true,
      sortBy: nameOf,
      cell: (row) => <span className={row.kind === 'value' ? undefined : styles.whole}>{nameOf(row)}</span>,
    },
    ...[...table.periods].reverse().map(
      (period): Column<Row> => ({
        key: period,
        head: <span className={styles.period}>{formatPeriod(period)}</span>,
        align: 'end',
        sortBy: (row) => valueAt(row, period),
        cell: (row) => <ValueCell {...{ row, period, format, open, kit }} />,
      }),
    ),
  ];
  if (compared) {
    columns.splice(1, 0, {
      key: 'difference',
      head: compared.head,
      align: 'end',
      sortBy: (row) => compared.differences.get(row.key)?.amount,
      cell: (row) => {
        const amount = compared.differences.get(row.key)?.amount ?? null;
        const mark = <DifferenceMark amount={amount} text={compared.format(amount)} />;
        return amount === null || amount === 0 || row.kind === 'others'
          ? mark
          : compared.openDifference(row, mark);
      },
    });
  }
  return (
    <DataTable
      {...(name ? { name } : {})}
      caption={caption}
      columns={columns}
      rows={shown}
      rowKey={(row) => row.key || 'whole'}
      {...(shown.length > VIRTUAL_FROM ? { virtual: { height: 640 } } : {})}
    />
  );
}

interface ValueCellProps extends Pick<FigureDataTableProps, 'format' | 'open'> {
  row: Row;
  period: string;
  kit: { suppressed: string; notReported: (year: string) => string; noValue: string };
}

function ValueCell({ row, period, format, open, kit }: ValueCellProps) {
  const cell = row.cells[period];
  if (cell?.value != null)
    return <>{row.kind === 'others' ? format(cell.value) : open(row, period, format(cell.value))}</>;
  if (cell?.status === 'suppressed') return <span className={styles.suppressed}>{kit.suppressed}</span>;
  if (cell?.status === 'not-reported')
    return <span className={styles.notReported}>{kit.notReported(period)}</span>;
  return <span title={cell ? kit.noValue : undefined}>{cell ? '—' : ''}</span>;
}
