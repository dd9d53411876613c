import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { FilterBar, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import styles from './alliances.module.css';
import { words as allianceWords } from './words';

type Figure = components['schemas']['IndicatorAnswer'];
type Values = components['schemas']['ValuesAnswer'];
type Line = components['schemas']['ValueLine'];

const route = getRouteApi('/alliances/$alliance');
type View = { as?: 'outside' };

/** Asks for the answer that readers outside get; an alliance gets it anyway. */
const OUTSIDE: View = { as: 'outside' };
const APART: ReadonlySet<string> = new Set(['HKG', 'MAC', 'TWN']);

/**
 * One figure as readers outside see it, with the marks of suppression.
 *
 * @param isOwn whether the reader is the alliance itself
 */
export function OutsideFigures({ isOwn }: { isOwn: boolean }) {
  const words = useWords(allianceWords);
  const name = useName();
  const { figure: wanted, by = 'year' } = route.useSearch();
  const navigate = route.useNavigate();
  const names = useReferenceNames();
  const view = isOwn ? {} : OUTSIDE;
  const figures = useQuery(indicators.read('/v1/indicators', { params: { query: view } }));
  return (
    <Panel title={words.tabFigures}>
      <Stack>
        <p>{words.figuresLead}</p>
        <Answer query={figures}>
          {(found) => {
            const figure = found.items.find((each) => each.code === wanted) ?? found.items[0];
            if (!figure) return null;
            return (
              <Stack>
                <FilterBar>
                  <Select
                    label={words.figure}
                    choices={found.items.map((each) => ({ key: each.code, name: name(each.name) }))}
                    selected={figure.code}
                    onSelect={(code) =>
                      void navigate({ search: (now) => ({ ...now, figure: code, by: undefined }) })
                    }
                  />
                  <Select
                    label={words.splitBy}
                    choices={splitsOf(figure).map((key) => ({
                      key,
                      name: key === 'year' ? words.byYear : names.dimension(key),
                    }))}
                    selected={by}
                    onSelect={(key) =>
                      void navigate({ search: (now) => ({ ...now, by: key === 'year' ? undefined : key }) })
                    }
                  />
                </FilterBar>
                <FigureValues figure={figure} by={by} view={view} />
              </Stack>
            );
          }}
        </Answer>
      </Stack>
    </Panel>
  );
}

/** A figure of persons is split only as its tables allow; another one by each of its dimensions. */
function splitsOf(figure: Figure): string[] {
  const dimensions = figure.tables ? figure.tables.flatMap((table) => table.dimensions) : figure.dimensions;
  return ['year', ...new Set(dimensions)];
}

function FigureValues({ figure, by, view }: { figure: Figure; by: string; view: View }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const name = useName();
  const period = by === 'year' ? undefined : figure.headline?.period;
  const answer = useQuery({
    ...indicators.read('/v1/indicators/{code}/values', {
      params: { path: { code: figure.code }, query: { by: [by], ...(period ? { period } : {}), ...view } },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <Answer query={answer}>
      {(values) => (
        <Stack>
          <p>
            {words.unitOf(name(values.indicator.unit))}
            {by === 'year' ? '' : ` · ${values.period}`}
            {values.release
              ? ` · ${words.release(values.release.number, formats.moment(values.release.at))}`
              : ''}
          </p>
          {values.notes?.map((note) => (
            <StateMessage key={note.code} tone="caution">
              <p>{name(note)}</p>
            </StateMessage>
          ))}
          <ValueTable values={values} by={values.by[0] ?? by} />
        </Stack>
      )}
    </Answer>
  );
}

/** Hong Kong, Macao and Taiwan of China stand below the countries. */
function putApart(lines: readonly Line[], codeOf: (line: Line) => string): Line[] {
  const isApart = (line: Line) => APART.has(codeOf(line));
  return [...lines.filter((line) => !isApart(line)), ...lines.filter(isApart)];
}

function ValueTable({ values, by }: { values: Values; by: string }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const name = useName();
  const names = useReferenceNames();
  const codeOf = (line: Line) => String((line as Record<string, unknown>)[by] ?? '');
  const place = (line: Line) => {
    const label = values.labels?.[by]?.[codeOf(line)];
    return label ? name(label) : codeOf(line);
  };
  const columns: Column<Line>[] = [
    {
      key: 'place',
      head: by === 'year' ? words.byYear : names.dimension(by),
      rowHead: true,
      sortBy: place,
      cell: place,
    },
    {
      key: 'value',
      head: words.value,
      align: 'end',
      sortBy: (line) => line.value,
      cell: (line) =>
        line.status === 'suppressed' ? (
          <span className={styles.suppressed} title={words.suppressed}>
            <span>{words.suppressedShort}</span>
          </span>
        ) : line.status === 'not-reported' ? (
          words.notReported
        ) : (
          formats.number(line.value)
        ),
    },
  ];
  return (
    <>
      {values.items.some((line) => line.status === 'suppressed') ? (
        <p className={styles.quiet}>{words.suppressed}</p>
      ) : null}
      <DataTable
        caption={name(values.indicator.name)}
        columns={columns}
        rows={putApart(values.items, codeOf)}
        rowKey={codeOf}
      />
    </>
  );
}
