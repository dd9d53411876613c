import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { readRefusal } from '../../kit/problems';
import { Select } from '../../kit/Select';
import { ErrorMessage, Skeleton } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { OUTCOMES, type Batch, type Outcome } from './batch';
import { useFieldName } from '../../kit/records/fieldNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { scanRows, type FileRow, type RowPage } from './rowScan';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

export type RowFilter = Outcome | 'all' | 'warned';

const PAGE_ROWS = 200;
const VIRTUAL_FROM_ROWS = 400;
const VIRTUAL_HEIGHT = 560;

/** The rows of the first outcome that needs attention. */
export function firstFilter(batch: Batch): RowFilter {
  return (
    (['refused', 'corrected', 'withdrawn', 'parked', 'created'] as const).find(
      (outcome) => batch.counts[outcome] > 0,
    ) ?? 'all'
  );
}

function matches(filter: RowFilter): (row: FileRow) => boolean {
  if (filter === 'all') return () => true;
  if (filter === 'warned') return (row) => row.warnings !== undefined;
  return (row) => row.outcome === filter;
}

async function readPage(
  address: string,
  after: number,
  filter: RowFilter,
  signal: AbortSignal,
): Promise<RowPage> {
  const outcome = filter === 'all' || filter === 'warned' ? '' : `&outcome=${filter}`;
  const response = await fetch(`${address}?after=${after}${outcome}`, { signal });
  if (!response.ok || !response.body) throw await readRefusal(response);
  return scanRows(response.body, matches(filter), PAGE_ROWS);
}

/** What became of each row, or would become of it, by outcome. */
export function RowTable({
  batch,
  info,
  filter = firstFilter(batch),
  onFilter,
}: {
  batch: Batch;
  info: RecordInfo;
  filter: RowFilter | undefined;
  onFilter: (filter: RowFilter) => void;
}) {
  const words = useWords(sendWords);
  const { number } = useFormats();
  const columns = useRowColumns(info);
  const pages = useInfiniteQuery({
    queryKey: [info.service, 'rows', batch.id, filter],
    queryFn: ({ pageParam, signal }) =>
      readPage(`/api/${info.service}/v1/batches/${batch.id}/rows`, pageParam, filter, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const choices = [
    { key: 'all', name: `${words.allRows} ${number(batch.counts.rows)}` },
    ...OUTCOMES.filter((outcome) => batch.counts[outcome] > 0).map((outcome) => ({
      key: outcome,
      name: `${words[outcome]} ${number(batch.counts[outcome])}`,
    })),
    ...(batch.counts.warned > 0
      ? [{ key: 'warned', name: `${words.warned} ${number(batch.counts.warned)}` }]
      : []),
  ];
  return (
    <section className={styles.stack} aria-label={words.rowsTitle}>
      <div className={styles.bar}>
        <h3>{words.rowsTitle}</h3>
        <Select
          label={words.rowFilter}
          labelHidden
          choices={choices}
          selected={filter}
          onSelect={(key) => onFilter(key as RowFilter)}
        />
      </div>
      {batch.dryRun || batch.counts.corrected === 0 ? null : (
        <p className={styles.quiet}>{words.rowsNotKept}</p>
      )}
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {pages.isError ? <ErrorMessage error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && rows.length === 0 ? <p className={styles.quiet}>{words.noRows}</p> : null}
      {rows.length > 0 ? (
        <DataTable
          caption={words.rowsTitle}
          captionHidden
          columns={columns}
          rows={rows}
          rowKey={(row) => String(row.row)}
          {...(rows.length > VIRTUAL_FROM_ROWS ? { virtual: { height: VIRTUAL_HEIGHT } } : {})}
        />
      ) : null}
      {pages.hasNextPage ? (
        <p>
          <Button onPress={() => void pages.fetchNextPage()} isDisabled={pages.isFetchingNextPage}>
            {pages.isFetchingNextPage ? words.loadingRows : words.moreRows}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function useRowColumns(info: RecordInfo): Column<FileRow>[] {
  const words = useWords(sendWords);
  const { language, number } = useFormats();
  const fieldName = useFieldName();
  return [
    { key: 'line', head: words.lineHead, cell: (row) => words.line(number(row.line ?? row.row)) },
    { key: 'sourceId', head: words.sourceId, rowHead: true, cell: (row) => row.sourceId ?? '—' },
    { key: 'outcome', head: words.outcome, cell: (row) => words[row.outcome] },
    {
      key: 'detail',
      head: words.detail,
      cell: (row) => (
        <ul className={styles.findings}>
          {row.errors?.map((finding, index) => (
            <li key={`e${index}`}>
              {finding.pointer ? <strong>{fieldName([info], finding.pointer)}</strong> : null}{' '}
              {language === 'zh' ? finding.detailZh : finding.detail}
            </li>
          ))}
          {row.changes?.map((change, index) => (
            <li key={`c${index}`}>
              <strong>{fieldName([info], `/${change.field}`)}</strong>{' '}
              <del>{showValue(change.before, words.nothing)}</del>
              <span aria-hidden="true"> → </span>
              <ins>{showValue(change.after, words.nothing)}</ins>
            </li>
          ))}
          {row.warnings?.map((finding, index) => (
            <li key={`w${index}`}>
              △ {finding.pointer ? <strong>{fieldName([info], finding.pointer)}</strong> : null}{' '}
              {language === 'zh' ? finding.detailZh : finding.detail}
            </li>
          ))}
        </ul>
      ),
    },
  ];
}

/** A value of a field as a person reads it: lists with their items, objects with their parts. */
export function showValue(value: unknown, nothing: string): string {
  if (value === null || value === undefined || value === '') return nothing;
  if (Array.isArray(value))
    return value.length === 0 ? nothing : value.map((item) => showValue(item, nothing)).join(' | ');
  if (typeof value === 'object') {
    return Object.values(value)
      .map((part) => showValue(part, nothing))
      .join(':');
  }
  return String(value);
}
