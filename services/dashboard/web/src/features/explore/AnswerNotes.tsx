import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import type { Answer } from '../../kit/figures/answer';
import styles from './explore.module.css';
import { words } from './words';

/** The note that the warnings of single years say more exactly. */
const SAID_BY_YEARS = 'coverage-differs';

/** What the reader has to know about the numbers: the notes of the answer, the years that do not compare, the marks used. */
export function AnswerNotes({ answer, notes }: { answer: Answer; notes: string[] }) {
  const text = useWords(words);
  const name = useName();
  const { language } = useFormats();
  const warned = (answer.coverage ?? []).filter((year) => year.warning !== null);
  const said = (answer.notes ?? []).filter((note) => note.code !== SAID_BY_YEARS || warned.length === 0);
  if (warned.length === 0 && notes.length === 0 && said.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {said.map((note) => (
        <li key={note.code} className={styles.caution}>
          △ {name(note)}
        </li>
      ))}
      {warned.length > 0 ? (
        <li className={styles.caution}>
          <details>
            <summary>
              △ {text.coverageDiffers(warned.map((year) => year.year).join(language === 'zh' ? '、' : ', '))}
            </summary>
            <ul>
              {warned.map((year) => (
                <li key={year.year}>{year.warning ? name(year.warning) : null}</li>
              ))}
            </ul>
          </details>
        </li>
      ) : null}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
