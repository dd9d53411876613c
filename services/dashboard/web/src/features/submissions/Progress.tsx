import type { ReactNode } from 'react';
import styles from './send.module.css';

/** A bar with its state in words; the words are read aloud, politely. */
export function Progress({ share, children }: { share: number | null; children: ReactNode }) {
  return (
    <div className={styles.progress}>
      <progress {...(share === null ? {} : { value: share })} max={1} aria-hidden="true" />
      <p role="status">{children}</p>
    </div>
  );
}
