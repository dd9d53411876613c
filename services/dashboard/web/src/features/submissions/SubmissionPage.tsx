import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer, Skeleton } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { findAttempt } from './attempts';
import { isRefusedForColumns, type Batch } from './batch';
import { BatchResult } from './BatchResult';
import { RECORD_SERVICES, useServiceInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { formatSize } from './sizes';
import { useBatch } from './useBatch';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { words as submissionWords } from './words';

const route = getRouteApi('/submissions/$service/$batch');

/** One submission: who sent what and when, its causes and its rows. */
export function SubmissionPage() {
  const words = useWords(submissionWords);
  const name = useName();
  const params = route.useParams();
  const service = RECORD_SERVICES.find((each) => each === params.service);
  const { rows } = route.useSearch();
  const navigate = useNavigate();
  const batch = useBatch(service, params.batch);
  const info = useServiceInfo(service ?? 'mobility');
  const record = info?.records.find((each) => each.record === batch.data?.record);
  return (
    <>
      <div className={styles.head}>
        <h1>{record ? `${words.submission} · ${name(record.name)}` : words.submission}</h1>
        <Link to="/submissions">{words.title}</Link>
      </div>
      <Answer query={batch}>
        {(found) => (
          <div className={styles.stack}>
            <Panel title={words.result}>
              {record ? (
                <BatchResult
                  batch={found}
                  info={record}
                  filter={rows}
                  onFilter={(next) =>
                    void navigate({ to: '.', search: (old) => ({ ...old, rows: next }), replace: true })
                  }
                />
              ) : (
                <Skeleton />
              )}
            </Panel>
            <Panel title={words.submission}>
              <Facts batch={found} />
            </Panel>
          </div>
        )}
      </Answer>
    </>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const words = useWords(submissionWords);
  const { moment, language } = useFormats();
  const name = useName();
  const session = useSession();
  const province = useReportingProvinces().get(batch.province);
  const facts: [string, string][] = [
    [
      words.startedAt,
      `${moment(batch.startedAt)}${batch.finishedAt ? ` – ${moment(batch.finishedAt)}` : ''}`,
    ],
    [words.state, words[batch.state]],
    [words.kind, batch.dryRun ? words.dryRun : words.stored],
    [words.province, province ? name(province) : batch.province],
    [words.sender, batch.actor],
    [words.file, batch.fileName ?? findAttempt(batch.id)?.fileName ?? batch.format],
    [words.size, batch.bytes === null ? '—' : formatSize(batch.bytes, language)],
    [words.number, batch.id],
    [words.request, batch.requestId],
    [words.receipt, batch.receipt ?? '—'],
  ];
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([head, text]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {session.role === 'bureau' && batch.dryRun && (batch.state === 'done' || isRefusedForColumns(batch)) ? (
        <p>
          <Link to="/send/$record" params={{ record: batch.record }} search={{ batch: batch.id }}>
            {batch.state === 'done' ? words.continueTry : words.continueColumns}
          </Link>
        </p>
      ) : null}
    </>
  );
}
