import { memo } from 'react';
import { useWords } from '../words';
import { valueAt, type Row } from '../figures/table';
import styles from './charts.module.css';
import { PROVINCE_PLACES } from './provincePlaces';
import { limitsOf, stepOf } from './scale';
import { StepLegend } from './StepLegend';
import type { PictureProps, CellFormatters } from './cellFormatters';
import { words } from './words';

/** Units that send nothing: neither 0 nor missing. */
const WITHOUT_DATA = new Set(['71', '81', '82']);
const CORPS = '66';

interface ProvinceGridProps extends PictureProps {
  /** The names of all units, also of those without a value. */
  provinceName: (code: string) => string;
}

/** The provinces in an arrangement that shows no borders; each has its value, in the order of their codes for a reader by ear. */
export function ProvinceGrid({ table, period, formatters, provinceName }: ProvinceGridProps) {
  const text = useWords(words);
  const rows = new Map(
    table.rows.filter((row) => row.kind === 'value').map((row) => [row.codes[0] ?? '', row]),
  );
  const limits = limitsOf(Math.max(0, ...[...rows.values()].map((row) => valueAt(row, period) ?? 0)));
  return (
    <div>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={text.grid}>
        <ul className={styles.provinces}>
          {Object.keys(PROVINCE_PLACES).map((code) => {
            const row = rows.get(code);
            const value = row ? valueAt(row, period) : null;
            return (
              <ProvinceCell
                key={code}
                {...{ code, row, value, period, formatters }}
                status={row?.cells[period]?.status}
                step={value === null ? undefined : stepOf(value, limits)}
                name={provinceName(code)}
              />
            );
          })}
        </ul>
      </div>
      <StepLegend limits={limits} format={formatters.format} hatched />
      <p className={styles.gridNote}>
        {text.arrangement} {text.noSenders}
      </p>
    </div>
  );
}

interface ProvinceCellProps {
  code: string;
  name: string;
  row: Row | undefined;
  value: number | null;
  status: string | undefined;
  /** The step of the scale; undefined without a value. */
  step: number | undefined;
  period: string;
  formatters: CellFormatters;
}

/** A province in the grid, drawn again only when it shows something else; rows are copies. */
const ProvinceCell = memo(
  function ProvinceCell({ code, name, row, value, status, step, period, formatters }: ProvinceCellProps) {
    const text = useWords(words);
    const [column, line] = PROVINCE_PLACES[code]!;
    const tone = step === undefined ? styles.hatched : styles[`step${step}`];
    const absent = WITHOUT_DATA.has(code) ? '' : status === 'not-reported' ? text.notReportedShort : '—';
    return (
      <li
        className={`${styles.province} ${tone} ${code === CORPS ? styles.corps : ''}`}
        style={{ gridColumn: column, gridRow: line }}
      >
        <span>{name}</span>
        {row && value !== null ? (
          formatters.open(row, period, formatters.format(value))
        ) : (
          <span>{absent}</span>
        )}
      </li>
    );
  },
  (before, after) =>
    before.value === after.value &&
    before.step === after.step &&
    before.status === after.status &&
    before.name === after.name &&
    before.period === after.period &&
    before.formatters === after.formatters,
);
