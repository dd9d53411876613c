import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useDefinitions } from '../../kit/figures/useFigure';
import { WhyLink } from '../../kit/figures/WhyLink';
import { words as homeWords } from './homeWords';
import { overviewFileQuery } from './overviewFile';
import styles from './overview.module.css';
import { knownCodes } from './useStandings';

const POLL_MILLISECONDS = 20_000;

/** The counted figures of the overview in one province: the last two whole years and the present one. */
export function OwnFigures({ province }: { province: string }) {
  const words = useWords(homeWords);
  const formats = useFormats();
  const name = useName();
  const year = currentYear();
  const file = useQuery(overviewFileQuery);
  const definitions = useDefinitions();
  const codes = useMemo(() => {
    const counted = definitions.data?.items.filter(
      (figure) => figure.derived === undefined && figure.dimensions.includes('province'),
    );
    return file.data && counted ? knownCodes(file.data, new Set(counted.map((each) => each.code))) : [];
  }, [file.data, definitions.data]);
  const query = { figure: codes, by: ['year'], period: `${year - 2}..${year}`, province: [province] };
  const answer = useQuery({
    ...indicators.read('/v1/values', { params: { query } }),
    enabled: codes.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MILLISECONDS,
  });
  type Figure = NonNullable<typeof answer.data>['items'][number];
  const valueOf = (figure: Figure, of: number) =>
    figure.items.find((line) => line.year === of)?.value ?? undefined;
  const difference = (figure: Figure) => {
    const [value, before] = [valueOf(figure, year - 1), valueOf(figure, year - 2)];
    return value === undefined || before === undefined ? undefined : value - before;
  };
  const valueColumn = (of: number): Column<Figure> => ({
    key: String(of),
    head: of === year ? words.toDate(of) : words.ofYear(of),
    align: 'end',
    cell: (figure) =>
      valueOf(figure, of) === undefined ? (
        formats.number(undefined)
      ) : (
        <WhyLink state={{ code: figure.indicator.code, period: String(of), filters: { province } }}>
          {formats.number(valueOf(figure, of))}
        </WhyLink>
      ),
  });
  const columns: Column<Figure>[] = [
    { key: 'figure', head: words.figure, rowHead: true, cell: (figure) => name(figure.indicator.name) },
    valueColumn(year - 2),
    valueColumn(year - 1),
    {
      key: 'difference',
      head: words.onYearBefore(year - 1),
      align: 'end',
      cell: (figure) => formats.difference(difference(figure)),
    },
    valueColumn(year),
  ];
  return (
    <Panel title={words.ownFigures}>
      <p className={styles.quiet}>{words.ownLead}</p>
      <Answer query={answer} lines={8}>
        {(found) => (
          <DataTable
            caption={words.ownFigures}
            captionHidden
            columns={columns}
            rows={found.items}
            rowKey={(figure) => figure.indicator.code}
          />
        )}
      </Answer>
    </Panel>
  );
}
