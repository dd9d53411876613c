import type { Row } from '../figures/table';
import { valueAt } from '../figures/table';
import { useWords } from '../words';
import styles from './charts.module.css';
import { marksOf } from './scale';
import type { PictureProps } from './cellFormatters';
import { words } from './words';

const WIDTH = 760;
const LEFT = 225;
const TOP = 14;
const LABEL_WIDTH = 84;
const LINE = 44;

/** Each region a line, each country or region of the world a dot on it: to the right and larger, the more it has. */
export function RegionDots({ table, period, formatters }: PictureProps) {
  const text = useWords(words);
  const most = Math.max(
    0,
    ...table.rows.filter((row) => row.codes.length > 1).map((row) => valueAt(row, period) ?? 0),
  );
  const marks = marksOf(most);
  const end = marks.at(-1) || 1;
  const x = (value: number) => LEFT + (value / end) * (WIDTH - LEFT - 30);
  const regions = groupByRegion(table.rows, period).map((region) => ({
    ...region,
    labelled: chooseLabels(region.rows, (row) => x(valueAt(row, period) ?? 0)),
  }));
  const radius = (value: number) => 4 + 12 * Math.sqrt(value / end);
  const height = TOP + regions.length * LINE + 30;
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={text.dots}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} className={styles.dots}>
        {marks.map((mark) => (
          <g key={mark}>
            <line
              className={styles.gridLine}
              x1={x(mark)}
              x2={x(mark)}
              y1={TOP}
              y2={TOP + regions.length * LINE}
            />
            <text className={styles.axisText} x={x(mark)} y={height - 10} textAnchor="middle">
              {formatters.format(mark)}
            </text>
          </g>
        ))}
        {regions.map(({ key, name, rows, labelled }, line) => (
          <g key={key}>
            <text className={styles.dotRegion} x={0} y={TOP + line * LINE + LINE / 2 + 4}>
              {formatters.nameOf(name)}
            </text>
            {rows.map((row) => {
              const value = valueAt(row, period) ?? 0;
              const country = formatters.nameOf({ ...row, names: row.names.slice(1) });
              return (
                <g key={row.key} className={styles.dot}>
                  <title>{`${country} ${formatters.format(value)}`}</title>
                  {formatters.open(
                    row,
                    period,
                    <circle
                      cx={x(value)}
                      cy={TOP + line * LINE + LINE / 2}
                      r={radius(value)}
                      aria-label={`${country} ${formatters.format(value)}`}
                    />,
                  )}
                  {labelled.has(row.key) && (
                    <text
                      className={styles.dotName}
                      x={x(value)}
                      y={TOP + line * LINE + LINE / 2 - radius(value) - 2}
                      textAnchor="middle"
                    >
                      {country}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The largest dots of a line whose names do not run into each other. */
function chooseLabels(rows: Row[], x: (row: Row) => number): Set<string> {
  const chosen: Row[] = [];
  for (const row of rows) {
    if (chosen.every((each) => Math.abs(x(each) - x(row)) > LABEL_WIDTH)) chosen.push(row);
  }
  return new Set(chosen.map((row) => row.key));
}

/** The rows of each region, the largest first; the region of Hong Kong, Macao and Taiwan of China is the last. */
function groupByRegion(
  rows: Row[],
  period: string,
): { key: string; name: Row; rows: Row[]; apart: boolean }[] {
  const found = new Map<string, Row[]>();
  for (const row of rows.filter((each) => each.codes.length > 1 && (valueAt(each, period) ?? 0) > 0)) {
    const region = row.codes[0] ?? '';
    found.set(region, [...(found.get(region) ?? []), row]);
  }
  return [...found]
    .map(([key, members]) => {
      const sorted = members.sort((a, b) => (valueAt(b, period) ?? 0) - (valueAt(a, period) ?? 0));
      const first = sorted[0] as Row;
      return { key, name: { ...first, names: first.names.slice(0, 1) }, rows: sorted, apart: first.apart };
    })
    .sort((a, b) => Number(a.apart) - Number(b.apart) || b.rows.length - a.rows.length);
}
