import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import type { FigureStanding } from './figureStanding';
import styles from './overview.module.css';
import { words as overviewWords } from './words';

/** The change from the year before with arrow, sign and word; of a running flow the whole year before instead. */
export function ChangeMark({
  standing,
  isShare,
  format,
}: {
  standing: FigureStanding;
  isShare: boolean;
  format: (value: number) => string;
}) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const { change, previous } = standing;
  if (change === null) {
    const text = standing.running && previous !== null ? words.wholePrevious(format(previous)) : ' ';
    return <p className={styles.change}>{text}</p>;
  }
  if (change === 0) {
    return (
      <p className={styles.change}>
        {words.sincePrevious} {words.noChange} {words.onPrevious}
      </p>
    );
  }
  const up = change > 0;
  const comparable = !standing.coverage?.warning;
  const direction = up ? styles.up : styles.down;
  return (
    <p className={styles.change}>
      {words.sincePrevious}{' '}
      <strong className={comparable ? direction : styles.apart}>
        <span aria-hidden="true">{up ? '▲' : '▼'}</span>
        <span className="visually-hidden">{up ? words.up : words.down}</span>{' '}
        {isShare ? formats.points(change) : formats.difference(change)}
      </strong>{' '}
      {words.onPrevious}
      {comparable ? null : ` ${words.otherCoverage}`}
    </p>
  );
}
