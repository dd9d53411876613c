import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { DifferenceMark } from '../../kit/figures/DifferenceMark';
import { WhyLink } from '../../kit/figures/WhyLink';
import styles from './changes.module.css';
import type { Overview } from './ChangesPage';
import { listMovedPlaces, listMovedYears, type MovedPlace, type MovedYear } from './moved';
import { words } from './words';

const PLACES_OF_A_FIGURE = 5;

/** The figures that moved by year, and the provinces and countries that changed places. */
export function MovedFigures({ overview, from }: { overview: Overview; from: string }) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const years = listMovedYears(overview.items);
  const places = listMovedPlaces(overview.items, PLACES_OF_A_FIGURE);
  if (years.length === 0 && places.length === 0) return <StateMessage>{text.nothing}</StateMessage>;
  const difference = (figure: MovedYear['figure'], amount: number | null) =>
    figure.indicator.unit.code === 'percent' ? formats.points(amount) : formats.difference(amount);
  const knownValue = (value: number | null, isUnknown: boolean) =>
    isUnknown ? (
      <>
        {formats.number(null)} <span className={styles.notReported}>{text.notReported}</span>
      </>
    ) : (
      formats.number(value)
    );
  const yearColumns: Column<MovedYear>[] = [
    {
      key: 'figure',
      head: text.figure,
      rowHead: true,
      sortBy: (row) => name(row.figure.indicator.name),
      cell: (row) => name(row.figure.indicator.name),
    },
    { key: 'period', head: text.year, sortBy: (row) => row.period, cell: (row) => row.period },
    {
      key: 'before',
      head: text.before,
      align: 'end',
      cell: (row) => knownValue(row.before, row.isUnknownBefore),
    },
    {
      key: 'after',
      head: text.after,
      align: 'end',
      sortBy: (row) => row.after,
      cell: (row) => knownValue(row.after, row.isUnknownAfter),
    },
    {
      key: 'difference',
      head: text.difference,
      align: 'end',
      sortBy: (row) => row.difference,
      cell: (row) => {
        const amount = row.difference ?? (row.after ?? 0) - (row.before ?? 0);
        return (
          <WhyLink
            state={{ code: row.figure.indicator.code, period: row.period, filters: {}, from, tab: 'causes' }}
          >
            <DifferenceMark amount={amount} text={difference(row.figure, amount)} />
          </WhyLink>
        );
      },
    },
  ];
  const placeColumns: Column<MovedPlace>[] = [
    {
      key: 'unit',
      head: text.unit,
      rowHead: true,
      cell: ({ place }) => {
        const label = overview.labels[place.dimension]?.[place.code];
        return label ? name(label) : place.code;
      },
    },
    { key: 'figure', head: text.figure, cell: ({ figure }) => name(figure.indicator.name) },
    {
      key: 'period',
      head: text.year,
      sortBy: ({ place }) => place.period,
      cell: ({ place }) => place.period,
    },
    {
      key: 'place',
      head: text.place,
      cell: ({ place }) =>
        place.rankBefore === place.rankAfter
          ? (place.rankAfter ?? '—')
          : `${place.rankBefore ?? '—'} → ${place.rankAfter ?? '—'}`,
    },
    {
      key: 'after',
      head: text.after,
      align: 'end',
      cell: ({ place }) => formats.number(place.rankAfter === null ? null : place.after),
    },
    {
      key: 'difference',
      head: text.difference,
      align: 'end',
      cell: ({ figure, place }) => {
        const amount = Math.round(((place.after ?? 0) - (place.before ?? 0)) * 100) / 100;
        return (
          <WhyLink
            state={{
              code: figure.indicator.code,
              period: place.period,
              filters: { [place.dimension]: place.code },
              from,
              tab: 'causes',
            }}
          >
            <DifferenceMark amount={amount} text={difference(figure, amount)} />
          </WhyLink>
        );
      },
    },
  ];
  return (
    <>
      <DataTable
        name="figures"
        caption={text.figures}
        columns={yearColumns}
        rows={years}
        rowKey={(row) => `${row.figure.indicator.code}:${row.period}`}
        {...(years.length > 300 ? { virtual: { height: 560 } } : {})}
      />
      <DataTable
        name="ranks"
        caption={text.ranks}
        columns={placeColumns}
        rows={places}
        rowKey={({ figure, place }) =>
          `${figure.indicator.code}:${place.period}:${place.dimension}:${place.code}`
        }
        {...(places.length > 100 ? { virtual: { height: 480 } } : {})}
      />
    </>
  );
}
