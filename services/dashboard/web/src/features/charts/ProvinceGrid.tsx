import { useWords } from '../../kit/words';
import { valueAt } from '../figures/table';
import styles from './charts.module.css';
import { PROVINCE_PLACES } from './provincePlaces';
import { limitsOf, stepOf } from './scale';
import { StepLegend } from './StepLegend';
import type { PictureProps } from './showing';
import { words } from './words';

/** Units that send nothing: neither 0 nor missing. */
const WITHOUT_DATA = new Set(['71', '81', '82']);
const CORPS = '66';

interface ProvinceGridProps extends PictureProps {
  /** The names of all units, also of those without a value. */
  provinceName: (code: string) => string;
}

/** The provinces in an arrangement that shows no borders; each has its value, in the order of their codes for a reader by ear. */
export function ProvinceGrid({ table, period, showing, provinceName }: ProvinceGridProps) {
  const text = useWords(words);
  const rows = new Map(
    table.rows.filter((row) => row.kind === 'value').map((row) => [row.codes[0] ?? '', row]),
  );
  const limits = limitsOf(Math.max(0, ...[...rows.values()].map((row) => valueAt(row, period) ?? 0)));
  return (
    <div>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={text.grid}>
        <ul className={styles.provinces}>
          {Object.entries(PROVINCE_PLACES).map(([code, [column, line]]) => {
            const row = rows.get(code);
            const value = row ? valueAt(row, period) : null;
            const tone = value === null ? styles.hatched : styles[`step${stepOf(value, limits)}`];
            return (
              <li
                key={code}
                className={`${styles.province} ${tone} ${code === CORPS ? styles.corps : ''}`}
                style={{ gridColumn: column, gridRow: line }}
              >
                <span>{provinceName(code)}</span>
                {row && value !== null ? (
                  showing.open(row, period, showing.format(value))
                ) : (
                  <span>
                    {WITHOUT_DATA.has(code)
                      ? ''
                      : row?.cells[period]?.status === 'not-reported'
                        ? text.notReportedShort
                        : '—'}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      <StepLegend limits={limits} format={showing.format} hatched />
      <p className={styles.gridNote}>
        {text.arrangement} {text.noSenders}
      </p>
    </div>
  );
}
