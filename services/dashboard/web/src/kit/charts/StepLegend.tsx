import { useWords } from '../words';
import styles from './charts.module.css';
import { STEPS, stepOf } from './scale';
import { words } from './words';

/** The colours of the steps with their limits, and the hatch of values that are not reported. */
export function StepLegend({
  limits,
  format,
  hatched,
}: {
  limits: number[];
  format: (value: number) => string;
  hatched?: boolean;
}) {
  const text = useWords(words);
  return (
    <ul className={styles.legend} aria-label={text.legend}>
      {limits.map((limit) => (
        <li key={limit}>
          <span
            className={`${styles.swatch} ${styles[`step${limits.length === 1 ? STEPS : stepOf(limit, limits)}`]}`}
          />
          {text.upTo(format(limit))}
        </li>
      ))}
      {hatched && (
        <li>
          <span className={`${styles.swatch} ${styles.hatched}`} />
          {text.notReported}
        </li>
      )}
    </ul>
  );
}
