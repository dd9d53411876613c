import type { ReactNode } from 'react';
import styles from './components.module.css';

/** One number with its name and unit; `full` is the number with all digits for screen readers. */
export function Tile({
  name,
  value,
  full,
  unit,
  children,
}: {
  name: ReactNode;
  value: string;
  full?: string;
  unit?: string;
  children?: ReactNode;
}) {
  const short = full !== undefined && full !== value;
  return (
    <article className={styles.tile}>
      <div className={styles.tileHead} title={short ? full : undefined}>
        <h3 className={styles.tileName}>{name}</h3>
        <p className={styles.tileValue}>
          <span className={styles.tileNumber} aria-hidden={short || undefined}>
            {value}
          </span>
          {short ? <span className="visually-hidden">{full}</span> : null}{' '}
          <span className={styles.tileUnit}>{unit}</span>
        </p>
      </div>
      {children}
    </article>
  );
}
