import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Stack } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { words as releaseWords } from './words';
import { groupYears, type FigureYear } from './years';

/** What a release would publish, and the years that keep their older numbers. */
export function RehearsalView({ made, at }: { made: components['schemas']['ReleaseMade']; at: Date }) {
  const words = useWords(releaseWords);
  const formats = useFormats();
  return (
    <Stack>
      <p role="status">
        {made.years.length === 0 ? words.nothingNew : words.willRelease(formats.number(made.years.length))} ·{' '}
        {words.rehearsedAt(formats.moment(at))}
      </p>
      {made.years.length > 0 ? <YearTable caption={words.rehearsal} years={made.years} /> : null}
      {made.kept.length > 0 ? (
        <>
          <h3>{words.kept}</h3>
          <YearTable caption={words.keptLead} years={made.kept} />
        </>
      ) : null}
      <p>
        <Link to={'/bureaus' as '/'}>{words.completeness}</Link>
      </p>
    </Stack>
  );
}

function YearTable({ caption, years }: { caption: string; years: readonly FigureYear[] }) {
  const words = useWords(releaseWords);
  const name = useName();
  const figures = useQuery(indicators.read('/v1/indicators'));
  const names = new Map(figures.data?.items.map((figure) => [figure.code, name(figure.name)]));
  const columns: Column<{ indicator: string; runs: string }>[] = [
    {
      key: 'figure',
      head: words.figure,
      rowHead: true,
      cell: (row) => names.get(row.indicator) ?? row.indicator,
    },
    { key: 'years', head: words.years, cell: (row) => row.runs },
  ];
  return (
    <DataTable caption={caption} columns={columns} rows={groupYears(years)} rowKey={(row) => row.indicator} />
  );
}
