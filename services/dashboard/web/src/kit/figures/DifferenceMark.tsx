import styles from './figures.module.css';

/** A difference with its arrow: up is blue, down is orange, and the sign says it too. */
export function DifferenceMark({ amount, text }: { amount: number | null; text: string }) {
  if (amount === null) return <>—</>;
  if (amount === 0) return <span className={styles.even}>0</span>;
  return (
    <span className={amount > 0 ? styles.up : styles.down}>
      <span aria-hidden="true">{amount > 0 ? '▲' : '▼'}</span> {text}
    </span>
  );
}
