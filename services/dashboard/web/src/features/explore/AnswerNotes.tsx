import { useName } from '../../kit/language';
import { useFormats } from '../../kit/formats';
import type { Answer } from '../figures/answer';
import styles from './explore.module.css';

/** What the reader has to know about the numbers: the notes of the answer, the years that do not compare, the marks used. */
export function AnswerNotes({ answer, notes }: { answer: Answer; notes: string[] }) {
  const name = useName();
  const { language } = useFormats();
  const warned = (answer.coverage ?? []).filter((year) => year.warning !== null);
  if (warned.length === 0 && notes.length === 0 && !answer.notes?.length) return null;
  return (
    <ul className={styles.notes}>
      {(answer.notes ?? []).map((note) => (
        <li key={note.code} className={styles.caution}>
          △ {name(note)}
        </li>
      ))}
      {warned.slice(-3).map((year) => (
        <li key={year.year} className={styles.caution}>
          △ {language === 'zh' ? `${year.year} 年：` : `${year.year}: `}
          {year.warning && name(year.warning)}
        </li>
      ))}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
