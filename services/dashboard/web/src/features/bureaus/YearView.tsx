import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Facts } from '../../kit/Layout';
import { RefusedRequest } from '../../kit/problems';
import { Answer, ErrorMessage, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useSession } from '../../kit/session';
import { useWords } from '../../kit/words';
import { useServiceInfo } from '../../kit/records/recordDictionary';
import styles from './bureaus.module.css';
import type { Service } from './completeness';
import { MoveForm } from './MoveForm';
import { completenessQuery, yearHistoryQuery, yearQuery, type YearVersion } from './queries';
import { useYearRefresh } from '../../kit/records/useYearRefresh';
import { words as bureauWords } from './words';
import { ReceivedBar, StateMark } from './YearCell';

const COUNTED_MILLISECONDS = 1500;

/** All about a year of one service and province: what arrived, its state with history, and the moves of the reader. */
export function YearView({ service, province, year }: { service: Service; province: string; year: number }) {
  useYearRefresh();
  const words = useWords(bureauWords);
  const { number, moment } = useFormats();
  const name = useName();
  const session = useSession();
  const client = useQueryClient();
  const info = useServiceInfo(service);
  const completeness = useQuery(completenessQuery({ year, province, service }));
  const statement = useQuery(yearQuery(service, province, year));
  const history = useQuery(yearHistoryQuery(service, province, year));
  const [moved, setMoved] = useState<YearVersion>();
  const sent = completeness.data?.items[0]?.years.find((each) => each.year === year);
  const state = statement.data?.fields.state ?? 'open';

  function refresh() {
    void client.invalidateQueries({ queryKey: [service, 'year', province, year] });
    void client.invalidateQueries({ queryKey: [service, 'year-history', province, year] });
    // Indicators counts the state from its event, a moment after the answer.
    setTimeout(
      () => void client.invalidateQueries({ queryKey: ['indicators', 'completeness'] }),
      COUNTED_MILLISECONDS,
    );
  }

  if (completeness.isPending) return <Skeleton lines={6} />;
  // A year of another province is as absent as its records: no state, and no move.
  if (completeness.error instanceof RefusedRequest && completeness.error.problem.status === 404) {
    return <ErrorMessage error={completeness.error} />;
  }
  const columns: Column<YearVersion>[] = [
    {
      key: 'state',
      head: words.state,
      rowHead: true,
      cell: (version) => <StateMark state={version.fields.state} />,
    },
    { key: 'when', head: words.when, cell: (version) => moment(version.recordedAt) },
    { key: 'who', head: words.who, cell: (version) => version.cause.actor },
    { key: 'reason', head: words.reason, cell: (version) => version.fields.reason ?? '—' },
  ];
  return (
    <div className={styles.stack}>
      <Answer query={statement} lines={2}>
        {() => (
          <p className={styles.bigState}>
            <StateMark state={state} />
          </p>
        )}
      </Answer>
      {state === 'open' && statement.data?.fields.reason ? (
        <StateMessage tone="caution">
          <p>{words.givenBack(statement.data.fields.reason, statement.data.cause.actor)}</p>
        </StateMessage>
      ) : null}
      <Answer query={completeness} lines={4}>
        {() =>
          sent ? (
            <Facts
              items={[
                {
                  term: words.received,
                  value: <ReceivedBar {...sent} />,
                },
                { term: words.lastPush, value: sent.lastPush ? moment(sent.lastPush) : words.never },
                { term: words.waiting, value: number(sent.parked) },
                { term: words.refused, value: number(sent.refused) },
                ...Object.entries(sent.records).map(([record, count]) => {
                  const found = info?.records.find((each) => each.record === record);
                  return { term: found ? name(found.name) : record, value: number(count) };
                }),
              ]}
            />
          ) : null
        }
      </Answer>
      {moved ? <p role="status">{words.moved(words[moved.fields.state])}</p> : null}
      {statement.data !== undefined ? (
        <MoveForm
          key={`${statement.data?.version ?? 0}`}
          service={service}
          province={province}
          year={year}
          known={statement.data}
          role={session.role}
          sent={sent}
          onMoved={(version) => {
            setMoved(version);
            refresh();
          }}
          onChangedMeanwhile={refresh}
        />
      ) : null}
      <p className={styles.links}>
        <Link to="/submissions" search={{ service, ...(session.role === 'bureau' ? {} : { province }) }}>
          {words.submissions}
        </Link>
        {session.role === 'bureau' ? <Link to="/send">{words.send}</Link> : null}
        {sent && sent.parked > 0 ? <Link to="/waiting">{words.waitingRows}</Link> : null}
      </p>
      <h3>{words.history}</h3>
      <Answer query={history} lines={2}>
        {(versions) =>
          versions.length === 0 ? (
            <p className={styles.quiet}>{words.historyNone}</p>
          ) : (
            <DataTable
              caption={words.history}
              captionHidden
              columns={columns}
              rows={versions}
              rowKey={(version) => String(version.version)}
            />
          )
        }
      </Answer>
    </div>
  );
}
