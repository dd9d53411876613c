import { Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useSession } from '../../kit/session';
import { useWords } from '../../kit/words';
import { findAttempt } from './attempts';
import type { Batch } from './batch';
import { useServices, type RecordService } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { CountsSummary } from './SubmissionsPage';
import { words as submissionWords } from './words';

export interface Submission {
  service: RecordService;
  batch: Batch;
}

/** Submissions with their counts; the time leads to the whole result. */
export function SubmissionTable({ submissions }: { submissions: Submission[] }) {
  const words = useWords(submissionWords);
  const { number, moment } = useFormats();
  const name = useName();
  const session = useSession();
  const provinces = useReportingProvinces();
  const records = useServices().flatMap((service) => service.data?.records ?? []);
  const recordName = (record: string) => {
    const found = records.find((each) => each.record === record);
    return found ? name(found.name) : record;
  };
  const provinceName = (code: string) => {
    const found = provinces.get(code);
    return found ? name(found) : code;
  };
  const columns: Column<Submission>[] = [
    {
      key: 'time',
      head: words.startedAt,
      rowHead: true,
      cell: ({ service, batch }) => (
        <Link
          to="/submissions/$service/$batch"
          params={{ service, batch: batch.id }}
          className={styles.moment!}
        >
          {moment(batch.startedAt)}
        </Link>
      ),
      sortBy: ({ batch }) => batch.startedAt,
    },
    {
      key: 'record',
      head: words.record,
      cell: ({ batch }) => recordName(batch.record),
      sortBy: ({ batch }) => recordName(batch.record),
    },
    ...(session.role === 'bureau'
      ? []
      : [
          {
            key: 'province',
            head: words.province,
            cell: ({ batch }: Submission) => provinceName(batch.province),
            sortBy: ({ batch }: Submission) => batch.province,
          },
        ]),
    {
      key: 'kind',
      head: words.kind,
      cell: ({ batch }) => (
        <>
          {batch.dryRun ? words.dryRun : words.stored}
          {batch.mode === 'all' ? ` (${words.modeAll})` : null}
        </>
      ),
      sortBy: ({ batch }) => Number(batch.dryRun),
    },
    {
      key: 'file',
      head: words.file,
      cell: ({ batch }) => (
        <span className={styles.value}>
          {batch.fileName ?? findAttempt(batch.id)?.fileName ?? batch.format}
        </span>
      ),
    },
    {
      key: 'state',
      head: words.state,
      cell: ({ batch }) => words[batch.state],
      sortBy: ({ batch }) => batch.state,
    },
    {
      key: 'rows',
      head: words.rows,
      align: 'end',
      cell: ({ batch }) => number(batch.counts.rows),
      sortBy: ({ batch }) => batch.counts.rows,
    },
    {
      key: 'result',
      head: words.result,
      cell: ({ batch }) => <CountsSummary batch={batch} />,
      sortBy: ({ batch }) => batch.counts.refused,
    },
    {
      key: 'sender',
      head: words.sender,
      cell: ({ batch }) => batch.actor,
      sortBy: ({ batch }) => batch.actor,
    },
  ];
  return (
    <DataTable
      caption={words.title}
      captionHidden
      columns={columns}
      rows={submissions}
      rowKey={({ batch }) => batch.id}
    />
  );
}
