import type { ReactNode } from 'react';
import styles from './Layout.module.css';

/** Filters and choices above a table, in one line where there is room. */
export function FilterBar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={styles.bar}>
      {children}
      {end ? <div className={styles.barEnd}>{end}</div> : null}
    </div>
  );
}

/** Things below each other, with the distance of the page. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

/** The head of a page: its title, one sentence, and what can be done. */
export function PageTitle({
  title,
  lead,
  back,
  actions,
}: {
  title: ReactNode;
  lead?: ReactNode;
  back?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles.title}>
      {back ? <p className={styles.back}>{back}</p> : null}
      <div className={styles.titleLine}>
        <h1>{title}</h1>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {lead ? <p className={styles.lead}>{lead}</p> : null}
    </header>
  );
}

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Properties of one thing; a fact without a value is left out. */
export function Facts({ items }: { items: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {items
        .filter((item) => item.value !== undefined && item.value !== null && item.value !== '')
        .map((item) => (
          <div key={item.term}>
            <dt>{item.term}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A state in a word; the word carries the meaning, the colour only supports it. */
export function Badge({
  tone = 'quiet',
  children,
}: {
  tone?: 'quiet' | 'proved' | 'caution' | 'alarm';
  children: ReactNode;
}) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}

/** Codes as small marks in one line. */
export function Chips({ items }: { items: readonly ReactNode[] }) {
  return (
    <ul className={styles.chips}>
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}

/** Fields of a form below each other, its buttons at the end. */
export function FormFields({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.form}>
      {children}
      {actions ? <div className={styles.formActions}>{actions}</div> : null}
    </div>
  );
}
