import { useSearch } from '@tanstack/react-router';
import { formatMoment } from '../kit/formats';
import { useLivePicture } from '../kit/live/useLive';
import { usePrinting } from '../kit/usePrinting';
import { useWords } from '../kit/words';
import styles from './Shell.module.css';
import { words as appWords } from './words';

/** On paper: since when the figures are known, when they were printed, and the address that shows them again. */
export function PrintHead() {
  return usePrinting() ? <PrintedLines /> : null;
}

function PrintedLines() {
  const words = useWords(appWords);
  const { asOf } = useSearch({ strict: false }) as { asOf?: string };
  const { status } = useLivePicture();
  const known = asOf ?? status.asOf;
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
