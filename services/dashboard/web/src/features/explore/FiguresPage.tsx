import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable, type Column } from '../../kit/DataTable';
import { Field } from '../../kit/Field';
import { useName, type Named } from '../../kit/language';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useDefinitions } from '../figures/useFigure';
import styles from './explore.module.css';
import { words } from './words';

interface Listed {
  code: string;
  name: Named;
  unit: Named;
  derivation: Named;
}

/** All figures with what they count; each leads to its picture. */
export function FiguresPage() {
  const text = useWords(words);
  const name = useName();
  const [wanted, setWanted] = useState('');
  const figures = useDefinitions();
  const columns: Column<Listed>[] = [
    {
      key: 'name',
      head: text.chooseFigure,
      rowHead: true,
      sortBy: (figure) => name(figure.name),
      cell: (figure) => (
        <Link to="/explore/$code" params={{ code: figure.code }}>
          {name(figure.name)}
        </Link>
      ),
    },
    { key: 'unit', head: text.unit, cell: (figure) => name(figure.unit) },
    { key: 'derivation', head: text.derivation, cell: (figure) => name(figure.derivation) },
  ];
  const matches = (figure: Listed) =>
    [figure.code, figure.name.zh, figure.name.en].some((each) =>
      each.toLowerCase().includes(wanted.trim().toLowerCase()),
    );
  return (
    <div className={styles.page}>
      <h1>{text.title}</h1>
      <Field label={text.findFigure} value={wanted} onChange={setWanted} type="search" />
      <Answer query={figures} lines={12}>
        {(answer) => (
          <DataTable
            caption={text.figures}
            columns={columns}
            rows={(answer.items as Listed[]).filter(matches)}
            rowKey={(figure) => figure.code}
          />
        )}
      </Answer>
    </div>
  );
}
