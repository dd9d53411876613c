import type { Row } from '../figures/table';
import { valueAt } from '../figures/table';
import { useWords } from '../words';
import styles from './charts.module.css';
import { limitsOf, stepOf } from './scale';
import { StepLegend } from './StepLegend';
import type { PictureProps } from './cellFormatters';
import { words } from './words';

/** A table whose cells are coloured by their values: rows by periods, or of two splits one by the other in one period. */
export function HeatTable({ table, period, formatters }: PictureProps) {
  const text = useWords(words);
  const heat =
    table.splits.length > 1 ? crossSplits(table.rows, period) : acrossPeriods(table.rows, table.periods);
  const values = heat.lines.flatMap((line) =>
    line.cells.map((cell) => (cell ? valueAt(cell.row, cell.period) : null)),
  );
  const limits = limitsOf(Math.max(0, ...values.map((value) => value ?? 0)));
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={text.heatTable}>
      <table className={styles.heat}>
        <thead>
          <tr>
            <td />
            {heat.columns.map((column) => (
              <th key={column.key} scope="col">
                {column.period
                  ? formatters.formatPeriod(column.period)
                  : column.row && formatters.nameOf(column.row)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{formatters.nameOf(line.row)}</th>
              {line.cells.map((cell, at) => {
                const found = cell ? cell.row.cells[cell.period] : undefined;
                const value = found?.value ?? null;
                if (!cell || value === null)
                  return (
                    <td key={at} className={found?.status === 'not-reported' ? styles.hatched : undefined}>
                      {found?.status === 'not-reported' ? text.notReportedShort : ''}
                    </td>
                  );
                return (
                  <td key={at} className={styles[`step${value < 0 ? 0 : stepOf(value, limits)}`]}>
                    {formatters.open(cell.row, cell.period, formatters.format(value))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <StepLegend limits={limits} format={formatters.format} />
    </div>
  );
}

interface Heat {
  columns: { key: string; period?: string; row?: Row }[];
  lines: { key: string; row: Row; cells: ({ row: Row; period: string } | null)[] }[];
}

function acrossPeriods(rows: Row[], periods: string[]): Heat {
  return {
    columns: periods.map((period) => ({ key: period, period })),
    lines: rows.map((row) => ({ key: row.key, row, cells: periods.map((period) => ({ row, period })) })),
  };
}

/** One split down, the other across; each header shows the name of its own code only. */
function crossSplits(rows: Row[], period: string): Heat {
  const single = (row: Row, at: number): Row => ({ ...row, names: row.names.slice(at, at + 1) });
  const down = new Map<string, Row>();
  const across = new Map<string, Row>();
  for (const row of rows.filter((each) => each.codes.length > 1)) {
    down.set(row.codes[0] ?? '', single(row, 0));
    across.set(row.codes[1] ?? '', single(row, 1));
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return {
    columns: [...across].map(([key, row]) => ({ key, row })),
    lines: [...down].map(([first, row]) => ({
      key: first,
      row,
      cells: [...across.keys()].map((second) => {
        const found = byKey.get(`${first}|${second}`);
        return found ? { row: found, period } : null;
      }),
    })),
  };
}
