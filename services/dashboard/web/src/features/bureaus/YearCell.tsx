import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import { YEAR_STATES, type Received, type ServiceCell, type YearState } from './completeness';
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

/** Received records next to the plan or the number of the year before; a bar where it has not passed its end. */
export function ReceivedBar({ received, expected, expectedFrom }: Received) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  return (
    <span className={styles.received}>
      {expected !== null && received <= expected ? (
        <progress max={Math.max(1, expected)} value={received} aria-hidden="true" />
      ) : null}
      {writeReceived({ received, expected, expectedFrom }, words, number)}
    </span>
  );
}

/** Received records in words, with the number that they are compared with and where it comes from. */
export function writeReceived(
  { received, expected, expectedFrom }: Received,
  words: Pick<typeof bureauWords.zh, 'nothing' | 'receivedOnly' | 'ofPlan' | 'ofYearBefore' | 'ofBoth'>,
  number: (value: number) => string,
): string {
  if (expected === null) return received === 0 ? words.nothing : words.receivedOnly(number(received));
  const write = { plan: words.ofPlan, 'year-before': words.ofYearBefore, both: words.ofBoth };
  return write[expectedFrom ?? 'both'](number(received), number(expected));
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
      <ReceivedBar {...cell} />
      {cell.parked > 0 || cell.refused > 0 ? (
        <span className={styles.trouble}>
          {cell.parked > 0 ? `△ ${words.waiting} ${number(cell.parked)} ` : null}
          {cell.refused > 0 ? `✕ ${words.refused} ${number(cell.refused)}` : null}
        </span>
      ) : null}
    </button>
  );
}
