import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import { YEAR_STATES, type ServiceCell, type YearState } from './completeness';
import { words as bureauWords } from './words';

/** The sign of each state, next to its word or its legend. */
export const STATE_SIGNS: Record<YearState, string> = {
  open: '○',
  submitted: '◐',
  accepted: '●',
  locked: '■',
};

/** State of a year: a sign and its word; `years` says how many years have it. */
export function StateMark({ state, years }: { state: YearState; years?: number }) {
  const words = useWords(bureauWords);
  return (
    <span className={styles.state} data-state={state}>
      <span aria-hidden="true">{STATE_SIGNS[state]}</span> {words[state]}
      {years === undefined ? null : ` ${years}`}
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

/** One or more years of one service of one province, as the matrix shows them. */
export function YearCell({ cell, label, onOpen }: { cell: ServiceCell; label: string; onOpen: () => void }) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  const states = YEAR_STATES.filter((state) => cell.states[state] > 0);
  const years = states.reduce((sum, state) => sum + cell.states[state], 0);
  return (
    <button type="button" className={styles.cell} onClick={onOpen}>
      <span className="visually-hidden">{label} </span>
      <span className={styles.states}>
        {states.map((state) => (
          <StateMark key={state} state={state} {...(years > 1 ? { years: cell.states[state] } : {})} />
        ))}
      </span>
      <ReceivedBar received={cell.received} expected={cell.expected} />
      {cell.parked > 0 || cell.refused > 0 ? (
        <span className={styles.trouble}>
          {cell.parked > 0 ? `△ ${words.waiting} ${number(cell.parked)} ` : null}
          {cell.refused > 0 ? `✕ ${words.refused} ${number(cell.refused)}` : null}
        </span>
      ) : null}
    </button>
  );
}
