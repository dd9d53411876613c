import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Stack } from '../../kit/Layout';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { isLocked, orderYears, type ReleaseYear } from './years';
import { words as releaseWords } from './words';

/** What a release would publish: each value next to the released one; and the years that keep their older numbers. */
export function RehearsalView({ made, at }: { made: components['schemas']['ReleaseMade']; at: Date }) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  return (
    <Stack>
      <p role="status">
        {made.years.length === 0 ? words.nothingNew : words.willRelease(formats.number(made.years.length))} ·{' '}
        {words.rehearsedAt(formats.moment(at))}
      </p>
      {made.unlockedYears > 0 ? (
        <StateMessage tone="caution">
          <p>
            {words.unlocked(formats.number(made.unlockedYears), formats.number(made.years.length))}{' '}
            <Link to={'/bureaus' as '/'}>{words.completeness}</Link>
          </p>
        </StateMessage>
      ) : null}
      {made.years.length > 0 ? (
        <YearTable name="released" caption={words.rehearsal} newHead={words.newValue} years={made.years} />
      ) : null}
      {made.kept.length > 0 ? (
        <>
          <h3>{words.kept}</h3>
          <YearTable
            name="kept"
            caption={words.keptLead}
            newHead={words.keptValue}
            years={made.kept}
            isKept
          />
        </>
      ) : null}
    </Stack>
  );
}

interface YearTableProps {
  name: string;
  caption: string;
  newHead: string;
  years: readonly ReleaseYear[];
  /** Whether the years keep their older numbers. */
  isKept?: boolean;
}

function YearTable({ name: table, caption, newHead, years, isKept }: YearTableProps) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  const name = useName();
  const figures = useQuery(indicators.read('/v1/indicators'));
  const names = new Map(figures.data?.items.map((figure) => [figure.code, name(figure.name)]));
  const nameOf = (year: ReleaseYear) => names.get(year.indicator) ?? year.indicator;
  const difference = ({ value, releasedValue }: ReleaseYear) =>
    value === null || releasedValue === null ? null : value - releasedValue;
  const columns: Column<ReleaseYear>[] = [
    { key: 'figure', head: words.figure, rowHead: true, sortBy: nameOf, cell: nameOf },
    { key: 'year', head: words.year, align: 'end', sortBy: (year) => year.year, cell: (year) => year.year },
    {
      key: 'released',
      head: words.releasedValue,
      align: 'end',
      sortBy: (year) => year.releasedValue,
      cell: (year) =>
        year.first
          ? words.firstTime
          : year.releasedValue === null
            ? words.suppressed
            : formats.number(year.releasedValue),
    },
    {
      key: 'value',
      head: newHead,
      align: 'end',
      sortBy: (year) => year.value,
      cell: (year) => (year.value === null ? words.suppressed : formats.number(year.value)),
    },
    {
      key: 'difference',
      head: words.difference,
      align: 'end',
      sortBy: (year) => Math.abs(difference(year) ?? 0),
      cell: (year) => formats.difference(difference(year)),
    },
    ...(isKept
      ? []
      : [
          {
            key: 'hidden',
            head: words.hiddenCells,
            align: 'end' as const,
            sortBy: (year: ReleaseYear) => year.hiddenCells,
            cell: (year: ReleaseYear) => formats.number(year.hiddenCells),
          },
        ]),
    {
      key: 'states',
      head: words.states,
      sortBy: (year) => year.locked,
      cell: (year) =>
        isLocked(year)
          ? `■ ${words.allLocked(year.expectedProvinces)}`
          : `△ ${words.statesOf(year.expectedProvinces, year.provinces, year.submitted, year.locked)}`,
    },
  ];
  return (
    <DataTable
      name={table}
      caption={caption}
      columns={columns}
      rows={orderYears(years)}
      rowKey={(year) => `${year.indicator} ${year.year}`}
    />
  );
}
