import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { FilterBar } from '../../kit/Layout';
import { Select } from '../../kit/Select';
import { serviceName } from '../../kit/services';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../send/useCodeNames';
import styles from './bureaus.module.css';
import {
  FIRST_YEAR,
  linesOfYear,
  SERVICES,
  sortLines,
  SORTS,
  summariseYear,
  YEAR_STATES,
  type ProvinceLine,
  type Service,
} from './completeness';
import { completenessQuery } from './queries';
import { words as bureauWords } from './words';
import { YearCell } from './YearCell';
import { YearDrawer } from './YearDrawer';

const route = getRouteApi('/bureaus');

/** Provinces by services for one year. */
export function MatrixView() {
  const words = useWords(bureauWords);
  const { language } = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const newest = currentYear();
  const year = search.year ?? newest - 1;
  const answer = useQuery({ ...completenessQuery({ year }), placeholderData: keepPreviousData });
  const change = (next: object) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }) as never, replace: true });
  const years = Array.from({ length: newest - FIRST_YEAR + 1 }, (_, index) => String(newest - index));
  const [openService, openProvince] = search.open?.split(',') ?? [];
  const download = `/api/indicators/v1/completeness?year=${year}${search.service ? `&service=${search.service}` : ''}`;
  return (
    <>
      <FilterBar
        end={
          <>
            <a href={`${download}&format=xlsx`} download>
              {words.download}
            </a>
            <a href={`${download}&format=csv`} download>
              {words.csv}
            </a>
          </>
        }
      >
        <Select
          label={words.year}
          choices={years.map((key) => ({ key, name: key }))}
          selected={String(year)}
          onSelect={(key) => change({ year: Number(key) })}
        />
        <Select
          label={words.service}
          choices={[
            { key: '', name: words.all },
            ...SERVICES.map((key) => ({ key, name: serviceName(key, language) })),
          ]}
          selected={search.service ?? ''}
          onSelect={(key) => change({ service: key || undefined })}
        />
        <Select
          label={words.onlyState}
          choices={[{ key: '', name: words.all }, ...YEAR_STATES.map((key) => ({ key, name: words[key] }))]}
          selected={search.state ?? ''}
          onSelect={(key) => change({ state: key || undefined })}
        />
        <Select
          label={words.sort}
          choices={SORTS.map((key) => ({ key, name: words[`sort-${key}`] }))}
          selected={search.sort ?? 'province'}
          onSelect={(key) => change({ sort: key === 'province' ? undefined : key })}
        />
      </FilterBar>
      <Answer query={answer} lines={12}>
        {(found) => (
          <Matrix
            lines={sortLines(linesOfYear(found.items, year), search.sort ?? 'province')}
            year={year}
            onOpen={(service, province) => change({ open: `${service},${province}` })}
          />
        )}
      </Answer>
      {openService && openProvince ? (
        <YearDrawer
          service={openService as Service}
          province={openProvince}
          year={year}
          onClose={() => change({ open: undefined })}
        />
      ) : null}
      <p className={styles.quiet}>{words.shareHint}</p>
    </>
  );
}

function Matrix({
  lines,
  year,
  onOpen,
}: {
  lines: ProvinceLine[];
  year: number;
  onOpen: (service: Service, province: string) => void;
}) {
  const words = useWords(bureauWords);
  const { number, language, moment } = useFormats();
  const name = useName();
  const names = useProvinceNames();
  const { service, state } = route.useSearch();
  const services = SERVICES.filter((each) => !service || each === service);
  const shown = state
    ? lines.filter((line) => services.some((each) => line.cells[each]?.state === state))
    : lines;
  const summary = summariseYear(lines, service);
  const provinceName = (code: string) => {
    const found = names.get(code);
    return found ? name(found) : code;
  };
  const age = useAge();
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
              year={cell}
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
          <time title={moment(line.lastPush)}>{age(line.lastPush)}</time>
        ),
      sortBy: (line) => line.lastPush,
    },
  ];
  if (lines.length === 0) {
    return (
      <StateMessage>
        <p>{words.noProvince(String(year))}</p>
      </StateMessage>
    );
  }
  return (
    <div className={styles.stack}>
      <ul className={styles.summary}>
        {YEAR_STATES.map((each) => (
          <li key={each}>{words.statesOf(words[each], number(summary.states[each]))}</li>
        ))}
        <li>{words.statesOf(words.silent, number(summary.silent))}</li>
        <li>{words.statesOf(words.waiting, number(summary.parked))}</li>
        <li>{words.statesOf(words.refused, number(summary.refused))}</li>
      </ul>
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

/** Says how long ago a moment was. */
export function useAge(): (moment: string) => string {
  const { age } = useFormats();
  return (moment) => age(Math.max(0, (Date.now() - Date.parse(moment)) / 1000));
}
