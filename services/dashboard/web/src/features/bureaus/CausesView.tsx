import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { PathLink } from '../../kit/PathLink';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Batch } from '../send/batch';
import { fieldOfPointer } from '../send/fieldNames';
import { useServices } from '../send/recordDictionary';
import { useProvinceNames } from '../send/useCodeNames';
import { words as sendWords } from '../send/words';
import styles from './bureaus.module.css';
import { SERVICES, type Service } from './completeness';
import { addUpCauses, type CauseOverFiles } from './refusalCauses';
import { words as bureauWords } from './words';

/** Files that are looked through, and files of which causes are read, by service. */
const SCANNED_FILES = 500;
const READ_FILES = 20;

/** Reads the newest files with refused rows and their causes; the lists of files have no causes. */
async function readRefusedFiles(
  service: Service,
  province: string | undefined,
  signal: AbortSignal,
): Promise<Batch[]> {
  const page = await fetchJson<{ items: Batch[] }>(
    `/api/${service}/v1/batches${writeSearch({ province, limit: SCANNED_FILES })}`,
    { signal },
  );
  const refused = page.items.filter((batch) => batch.counts.refused > 0 || batch.state === 'failed');
  const batches: Batch[] = [];
  for (const batch of refused.slice(0, READ_FILES)) {
    batches.push(await fetchJson<Batch>(`/api/${service}/v1/batches/${batch.id}`, { signal }));
  }
  return batches;
}

/** What goes wrong most often, over files and provinces. */
export function CausesView({ province }: { province?: string }) {
  const words = useWords(bureauWords);
  const sending = useWords(sendWords);
  const { number, language, moment } = useFormats();
  const name = useName();
  const names = useProvinceNames();
  const records = useServices().flatMap((service) => service.data?.records ?? []);
  const files = useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: [service, 'refused-files', province ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) => readRefusedFiles(service, province, signal),
      staleTime: 60_000,
    })),
  });
  const read = files.flatMap((each) => each.data ?? []);
  const waiting = useQuery({
    queryKey: ['causes', province ?? '', ...read.map((batch) => batch.id)],
    queryFn: () => addUpCauses(read),
    enabled: files.every((each) => !each.isPending),
    staleTime: Infinity,
  });
  const columnName = (cause: CauseOverFiles) => {
    const field = fieldOfPointer(cause.pointer);
    if (field === 'sourceId') return sending.sourceId;
    const found = records.find((each) => cause.records.includes(each.record) && each.fields[field])?.fields[
      field
    ];
    return found ? name(found) : field;
  };
  const columns: Column<CauseOverFiles>[] = [
    {
      key: 'cause',
      head: words.cause,
      rowHead: true,
      cell: (cause) => (
        <>
          <span className={styles.cause}>
            {language === 'zh' ? cause.example.detailZh : cause.example.detail}
          </span>{' '}
          <PathLink path={`/rules/${cause.rule}`}>{cause.rule}</PathLink>
        </>
      ),
      sortBy: (cause) => cause.rule,
    },
    { key: 'column', head: words.column, cell: columnName, sortBy: columnName },
    {
      key: 'values',
      head: words.values,
      cell: (cause) =>
        cause.values
          .map(({ value, rows }) => `${value} ×${number(rows)}`)
          .join(language === 'zh' ? '；' : '; '),
    },
    {
      key: 'rows',
      head: words.rows,
      align: 'end',
      cell: (cause) => (cause.rows === 0 ? words.wholeFile : number(cause.rows)),
      sortBy: (cause) => cause.rows,
    },
    {
      key: 'files',
      head: words.files,
      align: 'end',
      cell: (cause) => number(cause.files),
      sortBy: (cause) => cause.files,
    },
    ...(province
      ? []
      : [
          {
            key: 'provinces',
            head: words.provinces,
            cell: (cause: CauseOverFiles) =>
              cause.provinces
                .map((code) => {
                  const found = names.get(code);
                  return found ? name(found) : code;
                })
                .join(language === 'zh' ? '、' : ', '),
            sortBy: (cause: CauseOverFiles) => cause.provinces.length,
          },
        ]),
    {
      key: 'seen',
      head: words.lastSeen,
      cell: (cause) => {
        const service = records.find((each) => cause.records.includes(each.record))?.service;
        return service ? (
          <Link to="/submissions/$service/$batch" params={{ service, batch: cause.exampleBatch }}>
            {moment(cause.lastSeen)}
          </Link>
        ) : (
          moment(cause.lastSeen)
        );
      },
      sortBy: (cause) => cause.lastSeen,
    },
    {
      key: 'repair',
      head: words.repair,
      cell: (cause) => (
        <span className={styles.cause}>
          {language === 'zh' ? cause.example.repairZh : cause.example.repair}
        </span>
      ),
    },
  ];
  return (
    <Panel title={words.tabCauses}>
      <p className={styles.lead}>{words.causesLead(number(READ_FILES))}</p>
      <Answer query={waiting} lines={6}>
        {(causes) =>
          causes.length === 0 ? (
            <p>{words.causesNone}</p>
          ) : (
            <DataTable
              caption={words.filesRead(number(read.length))}
              columns={columns}
              rows={causes}
              rowKey={(cause) => `${cause.rule}|${cause.pointer}`}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
