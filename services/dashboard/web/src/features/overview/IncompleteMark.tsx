import type { components } from '../../generated/indicators';
import { useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { useWords } from '../../kit/words';
import { incompleteProvinces, type FigureStanding } from './figureStanding';
import styles from './overview.module.css';
import { words as overviewWords } from './words';

interface IncompleteMarkProps {
  coverage: components['schemas']['CoverageYear'] | null;
  reports: FigureStanding['reports'];
  /** The share of the figure that comes from incomplete provinces, in percent; null: it cannot be said. */
  share: number | null;
  names: ReadonlyMap<string, Named>;
}

/** How complete a year is; opened it says which provinces are not, and why. */
export function IncompleteMark({ coverage, reports, share, names }: IncompleteMarkProps) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  if (!coverage) return null;
  const list = (codes: string[]) =>
    codes
      .map((code) => (names.has(code) ? name(names.get(code)!) : code))
      .join(formats.language === 'zh' ? '、' : ', ');
  const incomplete = incompleteProvinces(coverage);
  // Operators keep some records, so no province is expected to report.
  const counted = reports && reports.expectedProvinces > 0 ? reports : null;
  const some =
    counted && counted.provinces < counted.expectedProvinces
      ? words.reported(counted.provinces, counted.expectedProvinces)
      : null;
  if (incomplete.length === 0) {
    return counted ? (
      <p className={styles.complete}>{some ?? `✓ ${words.complete(counted.provinces)}`}</p>
    ) : null;
  }
  // A sign of percent does not stand alone on a line.
  const shown =
    share === null ? '' : ` · ${words.incompleteShare(formats.share(share)).replaceAll(' ', '\u00a0')}`;
  return (
    <details className={styles.incomplete}>
      <summary>
        △ {some ? `${some} · ` : ''}
        {words.incomplete(incomplete.length)}
        {shown}
      </summary>
      {coverage.missing.length > 0 ? <p>{words.missing(list(coverage.missing))}</p> : null}
      {coverage.fewer.length > 0 ? <p>{words.fewer(list(coverage.fewer))}</p> : null}
      {coverage.notClosed?.length ? <p>{words.notClosed(list(coverage.notClosed))}</p> : null}
    </details>
  );
}
