import { formatMoment } from '../kit/formats';
import { useLivePicture } from '../kit/live/useLive';
import { usePrinting } from '../kit/usePrinting';
import { useWords } from '../kit/words';
import styles from './Shell.module.css';
import { useMoment } from './useMoment';
import { words as appWords } from './words';

/** On paper: since when the figures are known, when they were printed, and the address that shows them again. */
export function PrintHead() {
  return usePrinting() ? <PrintedLines /> : null;
}

function PrintedLines() {
  const words = useWords(appWords);
  const { moment, canShow } = useMoment();
  const { status } = useLivePicture();
  const known = (canShow ? moment : undefined) ?? status.asOf;
  return (
    <div className={styles.printHead}>
      <p>
        <strong>{words.voyage}</strong>
        {known ? ` · ${words.knownAt(formatMoment(known))}` : ''} ·{' '}
        {words.printedAt(formatMoment(Date.now()))}
      </p>
      <p>{location.href}</p>
    </div>
  );
}
