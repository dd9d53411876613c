import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { coverageQuery, type Coverage } from './explanations';
import type { WhyState } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

type Year = Coverage['years'][number];

/** How many provinces have reported about the year of the value and those before it. */
export function CoverageTab({ state }: { state: WhyState }) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const coverage = useQuery(coverageQuery(state));
  const columns: Column<Year>[] = [
    { key: 'year', head: text.year, rowHead: true, sortBy: (year) => year.year, cell: (year) => year.year },
    { key: 'provinces', head: text.provinces, align: 'end', cell: (year) => formats.number(year.provinces) },
    { key: 'received', head: text.received, align: 'end', cell: (year) => formats.number(year.received) },
    { key: 'expected', head: text.expected, align: 'end', cell: (year) => formats.number(year.expected) },
    {
      key: 'warning',
      head: text.warning,
      cell: (year) =>
        year.warning ? (
          <span className={styles.caution}>△ {name(year.warning)}</span>
        ) : year.received === 0 ? (
          text.nothingReceived
        ) : (
          text.complete
        ),
    },
  ];
  return (
    <Answer query={coverage}>
      {(answer) => (
        <DataTable
          name="coverage"
          caption={text.coverageTable}
          columns={columns}
          rows={[...answer.years].reverse()}
          rowKey={(year) => String(year.year)}
        />
      )}
    </Answer>
  );
}
