import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import { summariseYear, YEAR_STATES, type ProvinceLine, type Service } from './completeness';
import { words as bureauWords } from './words';

/** How many years of provinces and services are in each state, and what is missing, waiting or refused. */
export function SummaryList({ lines, service }: { lines: ProvinceLine[]; service: Service | undefined }) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  const summary = summariseYear(lines, service);
  return (
    <ul className={styles.summary}>
      {YEAR_STATES.map((each) => (
        <li key={each}>{words.statesOf(words[each], number(summary.states[each]))}</li>
      ))}
      <li>{words.statesOf(words.silent, number(summary.silent))}</li>
      <li>{words.statesOf(words.waiting, number(summary.parked))}</li>
      <li>{words.statesOf(words.refused, number(summary.refused))}</li>
    </ul>
  );
}
