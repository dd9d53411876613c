import type { components } from '../../generated/indicators';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import styles from './reconciliation.module.css';
import { words as reconciliationWords } from './words';

/** Published numbers that cannot all be true. */
export function ContradictionList({
  contradictions,
}: {
  contradictions: components['schemas']['Contradiction'][];
}) {
  const words = useWords(reconciliationWords);
  const name = useName();
  return (
    <Panel title={`${words.contradictions} · ${contradictions.length}`}>
      {contradictions.length === 0 ? (
        <p>{words.noContradictions}</p>
      ) : (
        <>
          <p className={styles.quiet}>{words.contradictionsLead}</p>
          <ol className={styles.contradictions}>
            {contradictions.map((each) => (
              <li key={each.rule + each.figures.join()}>
                <p>{name(each.explanation)}</p>
                <p className={styles.quiet}>
                  {words.figuresConcerned}: {each.figures.join(', ')} · {words.set}:{' '}
                  {each.sets.map(words.setNames).join(', ')}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}
