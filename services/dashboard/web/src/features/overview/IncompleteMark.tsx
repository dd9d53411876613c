import type { components } from '../../generated/indicators';
import { useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { useWords } from '../../kit/words';
import { incompleteProvinces } from './figureStanding';
import styles from './overview.module.css';
import { words as overviewWords } from './words';

interface IncompleteMarkProps {
  coverage: components['schemas']['CoverageYear'] | null;
  /** The share of the figure that comes from incomplete provinces, in percent; null: it cannot be said. */
  share: number | null;
  names: ReadonlyMap<string, Named>;
}

/** How complete a year is; opened it says which provinces are not, and why. */
export function IncompleteMark({ coverage, share, names }: IncompleteMarkProps) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  if (!coverage) return null;
  const list = (codes: string[]) =>
    codes
      .map((code) => (names.has(code) ? name(names.get(code)!) : code))
      .join(formats.language === 'zh' ? '、' : ', ');
  const incomplete = incompleteProvinces(coverage);
  if (incomplete.length === 0) {
    return <p className={styles.complete}>✓ {words.complete(coverage.provinces)}</p>;
  }
  // A sign of percent does not stand alone on a line.
  const shown =
    share === null ? '' : ` · ${words.incompleteShare(formats.share(share)).replaceAll(' ', '\u00a0')}`;
  return (
    <details className={styles.incomplete}>
      <summary>
        △ {words.incomplete(incomplete.length)}
        {shown}
      </summary>
      {coverage.missing.length > 0 ? <p>{words.missing(list(coverage.missing))}</p> : null}
      {coverage.fewer.length > 0 ? <p>{words.fewer(list(coverage.fewer))}</p> : null}
      {coverage.notClosed?.length ? <p>{words.notClosed(list(coverage.notClosed))}</p> : null}
    </details>
  );
}
