import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Facts, PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { periodWords } from '../../kit/figures/periodWords';
import { useWords } from '../../kit/words';
import { layOutWaterfall } from './waterfall';
import { WaterfallChart } from './WaterfallChart';
import { words as reconciliationWords } from './words';

type Bridge = components['schemas']['BridgeAnswer'];

const route = getRouteApi('/reconciliation/bridge');

/** How one published number leads to the live one, step by step. */
export function BridgePage() {
  const words = useWords(reconciliationWords);
  const question = route.useSearch();
  const { figure, period } = question;
  if (!figure || !period) {
    return (
      <>
        <PageTitle title={words.bridgeTitle} />
        <StateMessage>
          <p>
            {words.notANumber} <Link to="/reconciliation">{words.back}</Link>
          </p>
        </StateMessage>
      </>
    );
  }
  return (
    <BridgeOf
      figure={figure}
      period={period}
      set={question.set}
      version={question.version}
      from={question.from}
    />
  );
}

interface BridgeQuestion {
  figure: string;
  period: string;
  set?: string | undefined;
  version?: number | undefined;
  from?: string | undefined;
}

function BridgeOf({ figure, period, set, version, from }: BridgeQuestion) {
  const words = useWords(reconciliationWords);
  const periods = useWords(periodWords);
  const name = useName();
  const query = {
    figure: [figure],
    period,
    ...(set ? { set } : {}),
    ...(version ? { version } : {}),
    ...(from ? { from } : {}),
  };
  const answer = useQuery(indicators.read('/v1/reconciliation/bridge', { params: { query } }));
  const title = answer.data ? name(answer.data.definition.name) : figure;
  const file = (format: string) =>
    `/api/indicators/v1/reconciliation/bridge${writeSearch({ ...query, format })}`;
  return (
    <>
      <PageTitle
        back={
          <Link to="/reconciliation" search={set ? { set } : {}}>
            ← {words.back}
          </Link>
        }
        title={words.bridgeTitle}
        lead={words.bridgeLead(title, periods.periodNames(period))}
        actions={
          <>
            <a href={file('csv')} download>
              {words.downloadCsv}
            </a>
            <a href={file('xlsx')} download>
              {words.downloadXlsx}
            </a>
          </>
        }
      />
      <Answer query={answer} lines={10}>
        {(bridge) => <BridgeParts bridge={bridge} />}
      </Answer>
    </>
  );
}

function BridgeParts({ bridge }: { bridge: Bridge }) {
  const words = useWords(reconciliationWords);
  const periods = useWords(periodWords);
  const formats = useFormats();
  const name = useName();
  const waterfall = layOutWaterfall(bridge.published, bridge.live, bridge.steps);
  const sign =
    bridge.relation === '>' ? `${words.moreThan} ` : bridge.relation === '~' ? `${words.about} ` : '';
  return (
    <Stack>
      {bridge.notes?.map((note) => (
        <StateMessage key={note.code} tone="caution">
          <p>{name(note)}</p>
        </StateMessage>
      ))}
      <Panel title={`${name(bridge.definition.name)} · ${periods.periodNames(bridge.period)}`}>
        <Facts
          items={[
            {
              term: words.published,
              value: `${sign}${formats.number(bridge.published)} ${name(bridge.definition.unit)}`,
            },
            { term: words.live, value: `${formats.number(bridge.live)} ${name(bridge.definition.unit)}` },
            { term: words.difference, value: formats.difference(bridge.difference) },
            { term: words.publishedOn, value: bridge.publishedOn ?? words.publishedOnUnknown },
            { term: words.set, value: `${words.setNames(bridge.set)} · ${words.version(bridge.setVersion)}` },
            {
              term: words.definition,
              value: (
                <Link to="/definitions/$code" params={{ code: bridge.definition.code }}>
                  {name(bridge.definition.name)} · {words.version(bridge.definition.version)}
                </Link>
              ),
            },
            {
              term: words.knownThen,
              value: `${formats.number(bridge.known)} · ${words.knownThenHint(bridge.knownVersion)}`,
            },
            { term: words.question, value: bridge.slice },
            { term: words.stepsFrom, value: formats.moment(bridge.from) },
            { term: words.stepsTo, value: formats.moment(bridge.to) },
          ]}
        />
      </Panel>
      <Panel title={words.bridgeTitle}>
        <WaterfallChart bridge={bridge} waterfall={waterfall} />
      </Panel>
      <Panel title={words.table}>
        <StepTable bridge={bridge} />
      </Panel>
    </Stack>
  );
}

interface StepRow {
  key: string;
  title: string;
  events: number | null;
  amount: number | null;
  level: number;
}

function StepTable({ bridge }: { bridge: Bridge }) {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const name = useName();
  const { bars } = layOutWaterfall(bridge.published, bridge.live, bridge.steps);
  const rows: StepRow[] = bars.map((bar, index) => ({
    key: `${index} ${bar.kind}`,
    title: bar.end ? (index === 0 ? words.published : words.live) : name(bridge.steps[index - 1]!.name),
    events: bar.end ? null : bar.events,
    amount: bar.end ? null : bar.amount,
    level: bar.to,
  }));
  const columns: Column<StepRow>[] = [
    { key: 'step', head: words.step, rowHead: true, cell: (row) => row.title },
    {
      key: 'events',
      head: words.events,
      align: 'end',
      cell: (row) => (row.events === null ? '' : formats.number(row.events)),
    },
    {
      key: 'amount',
      head: words.amount,
      align: 'end',
      cell: (row) => (row.amount === null ? '' : formats.difference(row.amount)),
    },
    { key: 'level', head: words.level, align: 'end', cell: (row) => formats.number(row.level) },
  ];
  return (
    <DataTable
      caption={words.bridgeTitle}
      captionHidden
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
    />
  );
}
