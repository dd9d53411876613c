import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { PathLink } from '../../kit/PathLink';
import { ErrorMessage, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Batch } from './batch';
import { Direction } from '../../kit/figures/MovementTable';
import type { FigureMovement } from '../../kit/figures/preview';
import { compareWithPreview, type MovementCheck } from './previewComparison';
import { receiptValuesQuery } from './receiptValues';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

/** Figures that include the stored file by its receipt, next to what the preview said. */
export function CountedStep({
  stored,
  preview,
  since,
}: {
  stored: Batch;
  preview: FigureMovement[];
  since: string;
}) {
  const words = useWords(sendWords);
  const values = useQuery({
    ...receiptValuesQuery(stored.receipt ?? '', preview),
    enabled: stored.receipt !== null && preview.length > 0,
  });
  if (stored.receipt === null) return <p>{words.noReceipt}</p>;
  if (preview.length === 0) return <p>{words.countedUnknown}</p>;
  if (values.isPending) {
    return (
      <>
        <p role="status">{words.waitingReceipt}</p>
        <Skeleton lines={4} />
      </>
    );
  }
  if (values.isError) return <ErrorMessage error={values.error} onRetry={() => void values.refetch()} />;
  const checks = compareWithPreview(preview, values.data);
  const different = checks.some((check) => check.verdict === 'different');
  return (
    <div className={styles.stack}>
      {different ? (
        <StateMessage tone="caution">
          <p role="status">{words.countedDifferent}</p>
        </StateMessage>
      ) : (
        <p role="status" className={styles.proved}>
          ✓ {words.counted}
        </p>
      )}
      <CheckTable checks={checks} since={since} />
    </div>
  );
}

function CheckTable({ checks, since }: { checks: MovementCheck[]; since: string }) {
  const words = useWords(sendWords);
  const name = useName();
  const { number } = useFormats();
  const columns: Column<MovementCheck>[] = [
    {
      key: 'figure',
      head: words.figure,
      rowHead: true,
      cell: (row) => (
        <>
          {name(row.name)} <span className={styles.quiet}>{name(row.unit)}</span>
        </>
      ),
    },
    { key: 'period', head: words.period, cell: (row) => row.period },
    { key: 'before', head: words.before, align: 'end', cell: (row) => number(row.before) },
    { key: 'preview', head: words.previewed, align: 'end', cell: (row) => number(row.after) },
    {
      key: 'now',
      head: words.now,
      align: 'end',
      cell: (row) => (row.verdict === 'not-comparable' ? '—' : <strong>{number(row.now)}</strong>),
    },
    {
      key: 'verdict',
      head: words.deviation,
      cell: (row) =>
        row.verdict === 'as-previewed' ? (
          <span className={styles.proved}>✓ {words.same}</span>
        ) : row.verdict === 'not-comparable' ? (
          <span className={styles.quiet}>{words.notComparable}</span>
        ) : (
          <>
            <Direction difference={row.deviation} />{' '}
            <PathLink path={`/why/${row.code}`} search={{ period: row.period, from: since }}>
              {words.whyMoved}
            </PathLink>
          </>
        ),
    },
  ];
  return (
    <DataTable
      caption={words.figuresTitle}
      captionHidden
      columns={columns}
      rows={checks}
      rowKey={(row) => `${row.code}|${row.period}`}
    />
  );
}
