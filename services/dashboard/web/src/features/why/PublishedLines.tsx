import { useQuery } from '@tanstack/react-query';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { RefusedRequest } from '../../kit/problems';
import { useWords } from '../../kit/words';
import type { components } from '../../generated/indicators';
import { DifferenceMark } from '../../kit/figures/DifferenceMark';
import { periodWords } from '../../kit/figures/periodWords';
import styles from './why.module.css';
import { words } from './words';

type Line = components['schemas']['Comparison'];

/**
 * The published numbers that the figure recomputes, next to what it says now; nothing for who may not see them.
 * Next to a past value they would mislead.
 */
export function PublishedLines({ code, isPast }: { code: string; isPast: boolean }) {
  const text = useWords(words);
  const published = useWords(periodWords);
  const formats = useFormats();
  const reconciliation = useQuery({ ...indicators.read('/v1/reconciliation'), staleTime: 60_000 });
  if (reconciliation.error instanceof RefusedRequest && reconciliation.error.problem.status === 403)
    return null;
  if (!reconciliation.data) return null;
  const lines = reconciliation.data.items.filter((line) => line.indicator === code);
  if (lines.length === 0) return <p className={styles.quiet}>{text.noPublished}</p>;
  if (isPast) return <p className={styles.quiet}>{text.publishedNow}</p>;
  const columns: Column<Line>[] = [
    {
      key: 'period',
      head: text.period,
      rowHead: true,
      sortBy: (line) => line.period,
      cell: (line) => published.periodNames(line.period),
    },
    { key: 'slice', head: text.figure, cell: (line) => line.figure },
    { key: 'published', head: text.published, align: 'end', cell: (line) => formats.number(line.published) },
    { key: 'live', head: text.live, align: 'end', cell: (line) => formats.number(line.live) },
    {
      key: 'difference',
      head: text.difference,
      align: 'end',
      cell: (line) =>
        line.matches ? (
          `✓ ${text.agrees}`
        ) : (
          <DifferenceMark amount={line.difference} text={formats.difference(line.difference)} />
        ),
    },
  ];
  return (
    <DataTable
      name="published"
      caption={text.publishedTitle}
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.set}:${line.figure}:${line.period}`}
    />
  );
}
