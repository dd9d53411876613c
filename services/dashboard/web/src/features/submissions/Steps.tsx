import { useWords } from '../../kit/words';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

export const STEPS = ['choose', 'try', 'effect', 'store', 'counted'] as const;
export type Step = (typeof STEPS)[number];

/** Where the clerk is: every step with its number, the present one marked. */
export function Steps({ present }: { present: Step }) {
  const words = useWords(sendWords);
  const names: Record<Step, string> = {
    choose: words.stepChoose,
    try: words.stepTry,
    effect: words.stepEffect,
    store: words.stepStore,
    counted: words.stepCounted,
  };
  const reached = STEPS.indexOf(present);
  return (
    <nav aria-label={words.steps}>
      <ol className={styles.steps}>
        {STEPS.map((step, index) => (
          <li
            key={step}
            aria-current={step === present ? 'step' : undefined}
            data-done={index < reached ? '' : undefined}
          >
            <span className={styles.stepNumber}>{index < reached ? '✓' : index + 1}</span> {names[step]}
          </li>
        ))}
      </ol>
    </nav>
  );
}
