import { getRouteApi, Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { serviceName } from '../../kit/services';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import styles from './bureaus.module.css';
import {
  isEmptyYear,
  linesOfYear,
  listKnownYears,
  SERVICES,
  shareOf,
  sortLines,
  YEAR_STATES,
  type Sender,
  type SenderYear,
  type Service,
} from './completeness';
import { SummaryList } from './SummaryList';
import { words as bureauWords } from './words';
import { STATE_SIGNS, writeReceived } from './YearCell';

const route = getRouteApi('/bureaus');

type OpenYear = (service: Service, province: string, year: number) => void;

/** All years: a table for each service, with a line for each province and a column for each year. */
export function YearsMatrix({ senders, onOpen }: { senders: Sender[]; onOpen: OpenYear }) {
  const words = useWords(bureauWords);
  const { language } = useFormats();
  const { service, state } = route.useSearch();
  const services = SERVICES.filter((each) => !service || each === service);
  const shown = senders.filter(
    (each) => services.includes(each.service) && (!state || each.years.some((year) => year.state === state)),
  );
  if (listKnownYears(senders).length === 0) {
    return (
      <StateMessage>
        <p>{words.nothing}</p>
      </StateMessage>
    );
  }
  return (
    <div className={styles.stack}>
      <SummaryList lines={linesOfYear(senders)} service={service} />
      <ul className={styles.summary}>
        {YEAR_STATES.map((each) => (
          <li key={each}>
            <span aria-hidden="true">{STATE_SIGNS[each]}</span> {words[each]}
          </li>
        ))}
        <li>{words.yearsHint}</li>
      </ul>
      {shown.length === 0 ? (
        <StateMessage>
          <p>{words.noneMatches}</p>
        </StateMessage>
      ) : null}
      {services
        .map((each) => ({ each, own: shown.filter((sender) => sender.service === each) }))
        .filter(({ own }) => own.length > 0)
        .map(({ each, own }) => (
          <Panel key={each} title={serviceName(each, language)}>
            <ServiceYears service={each} senders={own} onOpen={onOpen} />
          </Panel>
        ))}
    </div>
  );
}

interface Row {
  province: string;
  share: number | null;
  years: Map<number, SenderYear>;
}

function ServiceYears({
  service,
  senders,
  onOpen,
}: {
  service: Service;
  senders: Sender[];
  onOpen: OpenYear;
}) {
  const words = useWords(bureauWords);
  const { language } = useFormats();
  const provinceName = useProvinceNames();
  const { order } = route.useSearch();
  const rows: Row[] = sortLines(linesOfYear(senders), order ?? 'province').map(({ province, share }) => ({
    province,
    share,
    years: new Map(
      senders.find((sender) => sender.province === province)?.years.map((year) => [year.year, year]),
    ),
  }));
  const columns: Column<Row>[] = [
    {
      key: 'province',
      head: words.province,
      rowHead: true,
      cell: (row) => (
        <Link to="/bureaus/$province" params={{ province: row.province }} className={styles.province}>
          {provinceName(row.province)}
        </Link>
      ),
      sortBy: (row) => row.province,
    },
    {
      key: 'share',
      head: words.share,
      align: 'end',
      cell: (row) => formatPercent(row.share),
      sortBy: (row) => row.share,
    },
    ...listKnownYears(senders).map(
      (year): Column<Row> => ({
        key: String(year),
        head: String(year),
        align: 'end',
        cell: (row) => {
          const of = row.years.get(year);
          return !of || isEmptyYear(of) ? (
            '—'
          ) : (
            <YearMark
              year={of}
              label={`${provinceName(row.province)} · ${year}`}
              onOpen={() => onOpen(service, row.province, year)}
            />
          );
        },
      }),
    ),
  ];
  return (
    <div className={styles.years}>
      <DataTable
        name={service}
        caption={`${serviceName(service, language)} · ${words.allYears}`}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(row) => row.province}
      />
    </div>
  );
}

/** State of a year, and how much of what is expected has come: as signs for the eye, as words for a screen reader. */
function YearMark({ year, label, onOpen }: { year: SenderYear; label: string; onOpen: () => void }) {
  const words = useWords(bureauWords);
  const { number } = useFormats();
  const received = writeReceived(year, words, number);
  const trouble = [
    ...(year.parked > 0 ? [`${words.waiting} ${number(year.parked)}`] : []),
    ...(year.refused > 0 ? [`${words.refused} ${number(year.refused)}`] : []),
  ];
  const details = [received, ...trouble].join(' · ');
  const isShort = year.expected !== null && year.received < year.expected;
  return (
    <button
      type="button"
      className={styles.mark}
      data-short={isShort ? '' : undefined}
      title={`${words[year.state]} · ${details}`}
      onClick={onOpen}
    >
      <span className="visually-hidden">
        {label} · {words[year.state]}{' '}
      </span>
      <span aria-hidden="true">{STATE_SIGNS[year.state]}</span>{' '}
      {year.expected ? formatPercent(shareOf([year])) : number(year.received)}
      <span className="visually-hidden"> · {details}</span>
      {trouble.length > 0 ? <span aria-hidden="true"> △</span> : null}
    </button>
  );
}

function formatPercent(share: number | null): string {
  return share === null ? '—' : `${Math.floor(share * 100)} %`;
}
