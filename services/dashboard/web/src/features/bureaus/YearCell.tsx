import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import type { SenderYear, YearState } from './completeness';
import { words as bureauWords } from './words';

const SIGNS: Record<YearState, string> = { open: '○', submitted: '◐', accepted: '●', locked: '■' };

/** State of a year: a sign and its word. */
export function StateMark({ state }: { state: YearState }) {
  const words = useWords(bureauWords);
  return (
    <span className={styles.state} data-state={state}>
      <span aria-hidden="true">{SIGNS[state]}</span> {words[state]}
    </span>
  );
}

/** Received of expected records as a bar and as text. */
export function ReceivedBar({ received, expected }: { received: number; expected: number | null }) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  if (expected === null) {
    return (
      <span className={styles.received}>
        {received === 0 ? words.nothing : words.receivedOnly(number(received))}
      </span>
    );
  }
  return (
    <span className={styles.received}>
      <progress max={Math.max(1, expected)} value={Math.min(received, expected)} aria-hidden="true" />
      {words.ofExpected(number(received), number(expected))}
    </span>
  );
}

/** A year of one service of one province, as the matrix shows it. */
export function YearCell({ year, label, onOpen }: { year: SenderYear; label: string; onOpen: () => void }) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  return (
    <button type="button" className={styles.cell} onClick={onOpen}>
      <span className="visually-hidden">{label} </span>
      <StateMark state={year.state} />
      <ReceivedBar received={year.received} expected={year.expected} />
      {year.parked > 0 || year.refused > 0 ? (
        <span className={styles.trouble}>
          {year.parked > 0 ? `△ ${words.waiting} ${number(year.parked)} ` : null}
          {year.refused > 0 ? `✕ ${words.refused} ${number(year.refused)}` : null}
        </span>
      ) : null}
    </button>
  );
}
