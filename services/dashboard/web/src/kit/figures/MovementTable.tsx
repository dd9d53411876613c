import { useState } from 'react';
import { Button } from '../Button';
import { DataTable, type Column } from '../DataTable';
import { useFormats } from '../formats';
import { useName } from '../language';
import { useWords } from '../words';
import type { FigureMovement } from './preview';
import styles from './figures.module.css';
import { previewWords } from './previewWords';

const FIRST_ROWS = 20;

/** Figures and years that would move, the newest year first. */
export function MovementTable({ movements }: { movements: FigureMovement[] }) {
  const words = useWords(previewWords);
  const { number } = useFormats();
  const [all, setAll] = useState(false);
  const name = useName();
  const columns: Column<FigureMovement>[] = [
    {
      key: 'figure',
      head: words.figure,
      rowHead: true,
      cell: (row) => (
        <>
          {name(row.name)} <span className={styles.quiet}>{name(row.unit)}</span>
        </>
      ),
      sortBy: (row) => name(row.name),
    },
    { key: 'period', head: words.period, cell: (row) => row.period, sortBy: (row) => row.period },
    { key: 'before', head: words.now, align: 'end', cell: (row) => number(row.before) },
    { key: 'after', head: words.would, align: 'end', cell: (row) => number(row.after) },
    {
      key: 'difference',
      head: words.difference,
      align: 'end',
      cell: (row) => <Direction difference={row.difference} />,
      sortBy: (row) => row.difference,
    },
  ];
  const shown = all ? movements : movements.slice(0, FIRST_ROWS);
  return (
    <>
      <DataTable
        name="effect"
        caption={words.effectTitle}
        captionHidden
        columns={columns}
        rows={shown}
        rowKey={(row) => `${row.code}|${row.period}`}
      />
      {shown.length < movements.length ? (
        <p>
          <Button onPress={() => setAll(true)}>{words.allMovements(number(movements.length))}</Button>
        </p>
      ) : null}
    </>
  );
}

/** A difference with its sign and an arrow; colour is never its only mark. */
export function Direction({ difference }: { difference: number | null }) {
  const formats = useFormats();
  if (difference === null) return '—';
  if (difference === 0) return '0';
  return (
    <span className={difference > 0 ? styles.up : styles.down}>
      {formats.difference(difference)} <span aria-hidden="true">{difference > 0 ? '▲' : '▼'}</span>
    </span>
  );
}
