import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { currentYear, useFormats } from '../../kit/formats';
import { FilterBar } from '../../kit/Layout';
import { writeSearch } from '../../kit/search';
import { Select } from '../../kit/Select';
import { serviceName } from '../../kit/services';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import {
  FIRST_YEAR,
  linesOfYear,
  SERVICES,
  sortLines,
  SORTS,
  YEAR_STATES,
  type Service,
} from './completeness';
import { ProvinceMatrix } from './ProvinceMatrix';
import { completenessQuery } from './queries';
import { useYearRefresh } from '../../kit/records/useYearRefresh';
import { words as bureauWords } from './words';
import { YearDrawer } from './YearDrawer';
import { YearsMatrix } from './YearsMatrix';

const route = getRouteApi('/bureaus');

/** Provinces by services, for one year, for the last three together, or for all years side by side. */
export function MatrixView() {
  useYearRefresh();
  const words = useWords(bureauWords);
  const { language } = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const newest = currentYear();
  const choice = search.year ?? newest - 1;
  const year = typeof choice === 'number' ? choice : undefined;
  // Without a year the API answers for this year and the two before.
  const asked =
    choice === 'all' ? { period: `${FIRST_YEAR}..${newest}` } : year === undefined ? {} : { year };
  const answer = useQuery({ ...completenessQuery(asked), placeholderData: keepPreviousData });
  const change = (next: object) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }) as never, replace: true });
  const years = Array.from({ length: newest - FIRST_YEAR + 1 }, (_, index) => String(newest - index));
  const [openService, openProvince, openYear] = search.open?.split(',') ?? [];
  const drawerYear = year ?? Number(openYear);
  const download = (format: string) =>
    `/api/indicators/v1/completeness${writeSearch({ ...asked, service: search.service, format })}`;
  return (
    <>
      <FilterBar
        end={
          <>
            <a href={download('xlsx')} download>
              {words.download}
            </a>
            <a href={download('csv')} download>
              {words.csv}
            </a>
          </>
        }
      >
        <Select
          label={words.year}
          choices={[
            { key: 'all', name: words.allYears },
            { key: 'recent', name: words.recentYears },
            ...years.map((key) => ({ key, name: key })),
          ]}
          selected={String(choice)}
          onSelect={(key) => change({ year: key === 'recent' || key === 'all' ? key : Number(key) })}
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
          selected={search.order ?? 'province'}
          onSelect={(key) => change({ order: key === 'province' ? undefined : key })}
        />
      </FilterBar>
      <Answer query={answer} lines={12}>
        {(found) =>
          choice === 'all' ? (
            <YearsMatrix
              senders={found.items}
              onOpen={(service, province, opened) => change({ open: `${service},${province},${opened}` })}
            />
          ) : (
            <ProvinceMatrix
              lines={sortLines(linesOfYear(found.items, year), search.order ?? 'province')}
              year={year}
              onOpen={(service, province) =>
                year === undefined
                  ? void navigate({ to: '/bureaus/$province', params: { province } })
                  : change({ open: `${service},${province}` })
              }
            />
          )
        }
      </Answer>
      {openService && openProvince && drawerYear ? (
        <YearDrawer
          service={openService as Service}
          province={openProvince}
          year={drawerYear}
          onClose={() => change({ open: undefined })}
        />
      ) : null}
      <p className={styles.quiet}>{words.shareHint}</p>
    </>
  );
}
