import { getRouteApi, Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { serviceName } from '../../kit/services';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import styles from './bureaus.module.css';
import { SERVICES, type ProvinceLine, type Service } from './completeness';
import { SummaryList } from './SummaryList';
import { words as bureauWords } from './words';
import { YearCell } from './YearCell';

const route = getRouteApi('/bureaus');

/** What each province has sent to each service, and the state of its year or years. */
export function ProvinceMatrix({
  lines,
  year,
  onOpen,
}: {
  lines: ProvinceLine[];
  /** undefined: several years together. */
  year: number | undefined;
  onOpen: (service: Service, province: string) => void;
}) {
  const words = useWords(bureauWords);
  const { language, moment, age } = useFormats();
  const name = useName();
  const names = useReportingProvinces();
  const { service, state } = route.useSearch();
  const services = SERVICES.filter((each) => !service || each === service);
  const shown = state
    ? lines.filter((line) => services.some((each) => (line.cells[each]?.states[state] ?? 0) > 0))
    : lines;
  const provinceName = (code: string) => {
    const found = names.get(code);
    return found ? name(found) : code;
  };
  const columns: Column<ProvinceLine>[] = [
    {
      key: 'province',
      head: words.province,
      rowHead: true,
      cell: (line) => (
        <Link to="/bureaus/$province" params={{ province: line.province }} className={styles.province}>
          {provinceName(line.province)}
        </Link>
      ),
      sortBy: (line) => line.province,
    },
    {
      key: 'share',
      head: words.share,
      align: 'end',
      cell: (line) => (line.share === null ? '—' : `${Math.floor(line.share * 100)} %`),
      sortBy: (line) => line.share,
    },
    ...services.map(
      (each): Column<ProvinceLine> => ({
        key: each,
        head: serviceName(each, language),
        cell: (line) => {
          const cell = line.cells[each];
          return cell ? (
            <YearCell
              cell={cell}
              label={words.cellOf(provinceName(line.province), serviceName(each, language))}
              onOpen={() => onOpen(each, line.province)}
            />
          ) : (
            '—'
          );
        },
        sortBy: (line) => line.cells[each]?.received,
      }),
    ),
    {
      key: 'push',
      head: words.lastPush,
      cell: (line) =>
        line.lastPush === null ? (
          words.never
        ) : (
          <time title={moment(line.lastPush)}>
            {age(Math.max(0, (Date.now() - Date.parse(line.lastPush)) / 1000))}
          </time>
        ),
      sortBy: (line) => line.lastPush,
    },
  ];
  if (lines.length === 0) {
    return (
      <StateMessage>
        <p>{words.noProvince(String(year ?? currentYear()))}</p>
      </StateMessage>
    );
  }
  return (
    <div className={styles.stack}>
      <SummaryList lines={lines} service={service} />
      {shown.length === 0 ? (
        <StateMessage>
          <p>{words.noneMatches}</p>
        </StateMessage>
      ) : (
        <DataTable
          caption={words.title}
          captionHidden
          columns={columns}
          rows={shown}
          rowKey={(line) => line.province}
        />
      )}
    </div>
  );
}
