import type { ReactNode } from 'react';
import { PathLink } from './PathLink';
import styles from './TaskList.module.css';

/** One thing that waits for the reader, and the page on which it is done. */
export interface Task {
  key: string;
  tone?: 'quiet' | 'caution' | 'alarm';
  text: ReactNode;
  /** Names, reasons and times behind the sentence. */
  detail?: ReactNode;
  action: string;
  path: string;
  search?: Record<string, string | undefined>;
}

const SIGNS = { quiet: '○', caution: '△', alarm: '✕' };

/** Things to do as lines; each has one sentence and one button. */
export function TaskList({ tasks, label }: { tasks: readonly Task[]; label: string }) {
  return (
    <ul className={styles.tasks} aria-label={label}>
      {tasks.map(({ key, tone = 'quiet', text, detail, action, path, search }) => (
        <li key={key} data-tone={tone}>
          <span className={styles.sign} aria-hidden="true">
            {SIGNS[tone]}
          </span>
          <p className={styles.text}>
            {text}
            {detail ? <span className={styles.detail}>{detail}</span> : null}
          </p>
          <PathLink path={path} {...(search ? { search } : {})} className={styles.action}>
            {action}
          </PathLink>
        </li>
      ))}
    </ul>
  );
}
