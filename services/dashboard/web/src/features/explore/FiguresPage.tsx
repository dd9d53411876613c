import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable, type Column } from '../../kit/DataTable';
import { Field } from '../../kit/Field';
import { currentYear } from '../../kit/formats';
import { kitWords } from '../../kit/kitWords';
import { useName, type Named } from '../../kit/language';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Headline } from '../../kit/figures/answer';
import { useDefinitions } from '../../kit/figures/useFigure';
import styles from './explore.module.css';
import { words } from './words';

interface Listed {
  code: string;
  name: Named;
  unit: Named;
  derivation: Named;
  headline?: Headline | null;
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
    {
      key: 'headline',
      head: text.headline,
      sortBy: (figure) => figure.headline?.period ?? '',
      cell: (figure) => <HeadlineText headline={figure.headline} />,
    },
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

/** The headline of a figure, and how many provinces have reported about the newest year. */
function HeadlineText({ headline }: { headline: Headline | null | undefined }) {
  const text = useWords(words);
  const kit = useWords(kitWords);
  const running = String(currentYear());
  const write = (year: string) => (year === running ? kit.toDate(year) : kit.yearOf(year));
  if (!headline) return null;
  const newest = headline.newer?.filter((each) => each.provinces > 0).at(-1);
  return (
    <>
      {headline.period ? write(headline.period) : '—'}
      {newest ? (
        <span className={styles.partial}>
          {text.reported(write(newest.period), newest.provinces, newest.expectedProvinces)}
        </span>
      ) : null}
    </>
  );
}
