import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Badge, FilterBar, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Select } from '../../kit/Select';
import { serviceName, useServiceChoices } from '../../kit/services';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { periodWords } from '../../kit/figures/periodWords';
import { useWords } from '../../kit/words';
import { ContradictionList } from './ContradictionList';
import { VERDICTS } from './routes';
import styles from './reconciliation.module.css';
import { countVerdicts, isSatisfied, judge } from './verdicts';
import { words as reconciliationWords } from './words';

type Line = components['schemas']['Comparison'];

const route = getRouteApi('/reconciliation');
const ALL = 'all';
const RECORD_SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'] as const;

/** All published lines with their verdicts, filtered by service, set and verdict. */
export function LinesView() {
  const words = useWords(reconciliationWords);
  const { service, set, version, only } = route.useSearch();
  const navigate = route.useNavigate();
  const question = {
    ...(service ? { service } : {}),
    ...(set ? { set } : {}),
    ...(version ? { version } : {}),
  };
  const answer = useQuery({
    ...indicators.read('/v1/reconciliation', { params: { query: question } }),
    placeholderData: keepPreviousData,
  });
  const sets = useQuery(indicators.read('/v1/published-sets'));
  const services = useServiceChoices(RECORD_SERVICES);
  const setNames = [
    ...(sets.data ? [sets.data.builtIn.set, ...sets.data.items.map((each) => each.set)] : []),
    ...(set && !sets.data ? [set] : []),
  ];
  return (
    <Stack>
      <FilterBar
        end={
          <>
            <a
              href={`/api/indicators/v1/reconciliation${writeSearch({ ...question, format: 'csv' })}`}
              download
            >
              {words.downloadCsv}
            </a>
            <a
              href={`/api/indicators/v1/reconciliation${writeSearch({ ...question, format: 'xlsx' })}`}
              download
            >
              {words.downloadXlsx}
            </a>
          </>
        }
      >
        <Select
          label={words.service}
          choices={[{ key: ALL, name: words.allServices }, ...services]}
          selected={service ?? ALL}
          onSelect={(key) =>
            void navigate({ search: (now) => ({ ...now, service: key === ALL ? undefined : key }) })
          }
        />
        <Select
          label={words.set}
          choices={[
            { key: ALL, name: words.allSets },
            ...setNames.map((key) => ({ key, name: words.setNames(key) })),
          ]}
          selected={set ?? ALL}
          onSelect={(key) =>
            void navigate({
              search: (now) => ({ ...now, set: key === ALL ? undefined : key, version: undefined }),
            })
          }
        />
        {version ? <Badge>{words.version(version)}</Badge> : null}
      </FilterBar>
      <Answer query={answer} lines={12}>
        {(found) => (
          <Stack>
            <VerdictFilter lines={found.items} />
            <Panel title={words.tabLines}>
              <LineTable lines={found.items.filter((line) => !only || judge(line) === only)} />
            </Panel>
            <ContradictionList contradictions={found.contradictions} />
          </Stack>
        )}
      </Answer>
    </Stack>
  );
}

function VerdictFilter({ lines }: { lines: Line[] }) {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const counts = countVerdicts(lines);
  const shown = [
    { key: undefined, name: words.allLines, count: lines.length },
    ...VERDICTS.map((key) => ({
      key,
      name: key === 'equal' ? words.equalOrSatisfied : words[key],
      count: counts[key],
    })),
  ];
  return (
    <nav aria-label={words.verdict} className={styles.verdicts}>
      {shown.map((each) => (
        <Link
          key={each.name}
          from="/reconciliation"
          to="."
          search={(now) => ({ ...now, only: each.key })}
          replace
          className={styles.verdict}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          <strong>{formats.number(each.count)}</strong> {each.name}
        </Link>
      ))}
    </nav>
  );
}

function LineTable({ lines }: { lines: Line[] }) {
  const words = useWords(reconciliationWords);
  const periods = useWords(periodWords);
  const formats = useFormats();
  const name = useName();
  const title = (line: Line) => (line.definition ? name(line.definition.name) : line.figure);
  const columns: Column<Line>[] = [
    {
      key: 'figure',
      head: words.figure,
      rowHead: true,
      sortBy: title,
      cell: (line) => (
        <>
          {title(line)}
          <span className={styles.code}>{line.figure}</span>
        </>
      ),
    },
    {
      key: 'period',
      head: words.period,
      cell: (line) => periods.periodNames(line.period),
      sortBy: (line) => line.period,
    },
    { key: 'service', head: words.service, cell: (line) => serviceName(line.service, formats.language) },
    {
      key: 'published',
      head: words.published,
      align: 'end',
      sortBy: (line) => line.published,
      cell: (line) => (
        <>
          {line.relation === '>' ? `${words.moreThan} ` : line.relation === '~' ? `${words.about} ` : ''}
          {formats.number(line.published)}
        </>
      ),
    },
    {
      key: 'live',
      head: words.live,
      align: 'end',
      sortBy: (line) => line.live,
      cell: (line) => formats.number(line.live),
    },
    {
      key: 'difference',
      head: words.difference,
      align: 'end',
      sortBy: (line) => (isSatisfied(line) ? 0 : Math.abs(line.difference ?? 0)),
      cell: (line) => (isSatisfied(line) ? '—' : formats.difference(line.difference)),
    },
    {
      key: 'unit',
      head: words.definition,
      cell: (line) =>
        line.definition ? (
          <Link to="/definitions/$code" params={{ code: line.definition.code }}>
            {name(line.definition.unit)} · {words.version(line.definition.version)}
          </Link>
        ) : (
          ''
        ),
    },
    { key: 'verdict', head: words.verdict, cell: (line) => <VerdictBadge line={line} /> },
    {
      key: 'bridge',
      head: words.bridgeColumn,
      cell: (line) =>
        line.bridge ? (
          <Link
            to="/reconciliation/bridge"
            search={{ figure: line.figure, period: line.period, set: line.set, version: line.setVersion }}
            aria-label={words.showBridgeOf(title(line), periods.periodNames(line.period))}
          >
            {words.openBridge}
          </Link>
        ) : (
          ''
        ),
    },
  ];
  if (lines.length === 0) {
    return (
      <StateMessage>
        <p>{words.nothing}</p>
        <p>{words.nothingNext}</p>
      </StateMessage>
    );
  }
  return (
    <DataTable
      caption={words.lines(formats.number(lines.length))}
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.set} ${line.setVersion} ${line.figure} ${line.period}`}
    />
  );
}

function VerdictBadge({ line }: { line: Line }) {
  const words = useWords(reconciliationWords);
  const verdict = judge(line);
  if (isSatisfied(line)) return <Badge tone="proved">✓ {words.satisfied}</Badge>;
  if (verdict === 'equal') return <Badge tone="proved">✓ {words.equal}</Badge>;
  if (verdict === 'different') return <Badge tone="caution">≠ {words.different}</Badge>;
  return (
    <Badge>{line.comparable ? words.noLive : line.indicator ? words.incomparable : words.noFigure}</Badge>
  );
}
