import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { findingDetail, type Finding } from '../../kit/problems';
import { serviceName } from '../../kit/services';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { RECORD_SERVICES, useServiceInfo, type RecordService } from '../../kit/records/recordDictionary';
import { showValue } from './RowTable';
import styles from './send.module.css';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { RemoveDialog } from './RemoveDialog';
import { words as submissionWords } from './words';

const PAGE_SIZE = 500;

/** A row that waits for the record that it belongs to. */
export interface WaitingRow {
  province: string;
  record: string;
  sourceId: string;
  waitsFor: { record: string; sourceId: string; suggestion?: { sourceId: string; name: string } };
  parkedAt: string;
  cause: { actor: string };
  fields: Record<string, unknown>;
  errors?: Finding[];
}

/** Rows that wait, by service, the oldest first. */
export function WaitingPage() {
  const words = useWords(submissionWords);
  const [removed, setRemoved] = useState<string>();
  return (
    <>
      <div className={styles.head}>
        <h1>{words.waitingTitle}</h1>
        <Link to="/submissions">{words.title}</Link>
      </div>
      <p className={styles.quiet}>{words.waitingLead}</p>
      <p role="status">{removed ? words.removed(removed) : null}</p>
      {RECORD_SERVICES.map((service) => (
        <WaitingRows key={service} service={service} onRemoved={setRemoved} />
      ))}
    </>
  );
}

function WaitingRows({ service, onRemoved }: { service: RecordService; onRemoved: (id: string) => void }) {
  const words = useWords(submissionWords);
  const name = useName();
  const { language, moment, number } = useFormats();
  const session = useSession();
  const client = useQueryClient();
  const info = useServiceInfo(service);
  const provinces = useReportingProvinces();
  const [removing, setRemoving] = useState<WaitingRow>();
  const queryKey = [service, 'parked'];
  const waiting = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      fetchJson<{ items: WaitingRow[]; next: string | null }>(
        `/api/${service}/v1/parked?limit=${PAGE_SIZE}`,
        {
          signal,
        },
      ),
    refetchInterval: 30_000,
  });
  const record = (code: string) => info?.records.find((each) => each.record === code);
  const recordName = (code: string) => {
    const found = record(code);
    return found ? name(found.name) : code;
  };
  const columns: Column<WaitingRow>[] = [
    {
      key: 'id',
      head: words.sourceId,
      rowHead: true,
      cell: (row) => row.sourceId,
      sortBy: (row) => row.sourceId,
    },
    {
      key: 'record',
      head: words.record,
      cell: (row) => recordName(row.record),
      sortBy: (row) => recordName(row.record),
    },
    ...(session.role === 'bureau'
      ? []
      : [
          {
            key: 'province',
            head: words.province,
            cell: (row: WaitingRow) => {
              const found = provinces.get(row.province);
              return found ? name(found) : row.province;
            },
            sortBy: (row: WaitingRow) => row.province,
          },
        ]),
    {
      key: 'for',
      head: words.waitsFor,
      cell: (row) => (
        <>
          {recordName(row.waitsFor.record)} <strong>{row.waitsFor.sourceId}</strong>
          {row.waitsFor.suggestion ? (
            <p className={styles.quiet}>
              {words.meant(row.waitsFor.suggestion.sourceId, row.waitsFor.suggestion.name)}
            </p>
          ) : null}
        </>
      ),
      sortBy: (row) => row.waitsFor.sourceId,
    },
    {
      key: 'since',
      head: words.since,
      cell: (row) => moment(row.parkedAt),
      sortBy: (row) => row.parkedAt,
    },
    {
      key: 'contents',
      head: words.contents,
      cell: (row) => (
        <span className={styles.value}>
          {Object.entries(row.fields)
            .map(([field, value]) => {
              const heading = record(row.record)?.fields[field];
              return `${heading ? name(heading) : field} ${showValue(value, '—')}`;
            })
            .join(language === 'zh' ? '，' : ', ')}
        </span>
      ),
    },
    {
      key: 'why',
      head: words.why,
      cell: (row) => row.errors?.map((finding) => findingDetail(finding, language)).join(' ') ?? '—',
    },
    ...(session.role === 'bureau'
      ? [
          {
            key: 'remove',
            head: <span className="visually-hidden">{words.remove}</span>,
            cell: (row: WaitingRow) => (
              <Button aria-label={words.removeTitle(row.sourceId)} onPress={() => setRemoving(row)}>
                {words.remove}
              </Button>
            ),
          },
        ]
      : []),
  ];
  const count = waiting.data ? ` · ${number(waiting.data.items.length)}${waiting.data.next ? '+' : ''}` : '';
  return (
    <Panel title={`${serviceName(service, language)}${count}`}>
      <Answer query={waiting} lines={2}>
        {(answer) =>
          answer.items.length === 0 ? (
            <p className={styles.quiet}>{words.noneWaiting}</p>
          ) : (
            <DataTable
              caption={words.waitingTitle}
              captionHidden
              columns={columns}
              rows={answer.items}
              rowKey={(row) => `${row.record}|${row.province}|${row.sourceId}`}
            />
          )
        }
      </Answer>
      {removing && record(removing.record) ? (
        <RemoveDialog
          row={removing}
          address={`/api/${service}/v1/${record(removing.record)!.collection}`}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => {
            onRemoved(removing.sourceId);
            setRemoving(undefined);
            void client.invalidateQueries({ queryKey });
          }}
        />
      ) : null}
    </Panel>
  );
}
