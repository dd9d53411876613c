import { useWords } from '../words';
import type { Row } from '../figures/table';
import { valueAt } from '../figures/table';
import { rank } from '../figures/ranking';
import styles from './charts.module.css';
import type { PictureProps } from './cellFormatters';
import { words } from './words';

/** Rows ranked by their value in one period; Hong Kong, Macao and Taiwan of China stand below, unranked. */
export function RankedBars({ table, period, formatters }: PictureProps) {
  const text = useWords(words);
  const ranked = rank(table, period);
  const unranked = table.rows.filter((row) => row.kind === 'others' && valueAt(row, period) !== null);
  const apart = table.rows.filter((row) => row.apart && valueAt(row, period) !== null);
  const most = Math.max(0, ...ranked.map((each) => Math.abs(each.value)));
  return (
    <div>
      <ol className={styles.ranked}>
        {ranked.map(({ row, value, place }) => (
          <Bar key={row.key} {...{ row, period, value, most, formatters }} place={String(place)} />
        ))}
        {unranked.map((row) => (
          <Bar
            key={row.key}
            {...{ row, period, most, formatters }}
            value={valueAt(row, period) ?? 0}
            place=""
            quiet
          />
        ))}
      </ol>
      {apart.length > 0 && (
        <>
          <p className={styles.apart}>{text.apart}</p>
          <ul className={styles.ranked}>
            {apart.map((row) => (
              <Bar
                key={row.key}
                {...{ row, period, most, formatters }}
                value={valueAt(row, period) ?? 0}
                place=""
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface BarProps extends Pick<PictureProps, 'period' | 'formatters'> {
  row: Row;
  value: number;
  most: number;
  place: string;
  quiet?: boolean;
}

function Bar({ row, period, value, most, place, formatters, quiet }: BarProps) {
  const share = row.cells[period]?.share;
  const width = !quiet && most > 0 ? Math.min(100, (Math.abs(value) / most) * 100) : 0;
  return (
    <li className={styles.rankedRow}>
      <span className={styles.place}>{place}</span>
      <span className={styles.rankedName}>{formatters.nameOf(row)}</span>
      <span className={styles.track}>
        <span className={quiet ? undefined : styles.bar} style={{ width: `${width}%` }} />
      </span>
      <span className={styles.rankedValue}>
        {formatters.open(row, period, formatters.format(value))}
        {share !== undefined && <span className={styles.share}>{share.toFixed(2)} %</span>}
      </span>
    </li>
  );
}
