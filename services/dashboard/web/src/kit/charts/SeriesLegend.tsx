import type { Row } from '../figures/table';
import { useWords } from '../words';
import styles from './charts.module.css';
import { DASHES } from './palette';
import { words } from './words';

/** The names of the series with their colours and dashes. */
export function SeriesLegend({
  rows,
  nameOf,
  lines,
}: {
  rows: Row[];
  nameOf: (row: Row) => string;
  lines: boolean;
}) {
  const text = useWords(words);
  if (rows.length < 2) return null;
  return (
    <ul className={styles.legend} aria-label={text.legend}>
      {rows.map((row, at) => {
        const colour = row.kind === 'others' ? 'var(--quiet)' : `var(--series-${(at % 8) + 1})`;
        const dash = DASHES[at % DASHES.length];
        return (
          <li key={row.key}>
            <svg className={styles.dash} aria-hidden="true" viewBox="0 0 24 8">
              {lines ? (
                <path
                  d="M0 4H24"
                  stroke={colour}
                  strokeWidth={2}
                  strokeDasharray={Array.isArray(dash) ? dash.join(' ') : undefined}
                />
              ) : (
                <rect x={4} y={0} width={16} height={8} fill={colour} />
              )}
            </svg>
            {nameOf(row)}
          </li>
        );
      })}
    </ul>
  );
}
