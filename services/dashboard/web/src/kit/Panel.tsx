import { useId, type ReactNode } from 'react';
import styles from './components.module.css';

/** A titled part of a page; `actions` are at the end of its head. */
export function Panel({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      <div className={styles.panelBody}>{children}</div>
    </section>
  );
}
