import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { ServiceName } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useLanguage } from '../../kit/language';
import { Badge } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { serviceName } from '../../kit/services';
import { useWords } from '../../kit/words';
import styles from './health.module.css';
import {
  fetchReadiness,
  fetchState,
  isTrouble,
  LIMITS,
  type ServiceNumbers,
  type ServiceState,
} from './serviceState';
import { words as healthWords } from './words';

const SERVICES: readonly ServiceName[] = [
  'indicators',
  'mobility',
  'cooperation',
  'overseas',
  'standards',
  'feeds',
];
const POLL_MILLISECONDS = 5_000;

interface ServiceRow {
  service: ServiceName;
  readiness: UseQueryResult<{ up: boolean; checks: { name: string; up: boolean }[] }>;
  state: ServiceState | undefined;
}

/** Each service with its readiness, its version and the numbers by which trouble shows. */
export function ServicePanel() {
  const words = useWords(healthWords);
  const language = useLanguage();
  const readiness = useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: ['ready', service],
      queryFn: () => fetchReadiness(service),
      refetchInterval: POLL_MILLISECONDS,
      retry: false,
    })),
  });
  const states = useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: ['state', service],
      queryFn: () => fetchState(service),
      refetchInterval: POLL_MILLISECONDS,
      retry: false,
    })),
  });
  const rows: ServiceRow[] = SERVICES.map((service, at) => ({
    service,
    readiness: readiness[at]!,
    state: states[at]!.isError ? undefined : states[at]!.data,
  }));
  const number = (key: keyof ServiceNumbers, head: string): Column<ServiceRow> => ({
    key,
    head,
    align: 'end',
    cell: (row) => <NumberCell name={key} value={row.state?.[key] ?? null} />,
  });
  const columns: Column<ServiceRow>[] = [
    { key: 'service', head: words.service, rowHead: true, cell: (row) => serviceName(row.service, language) },
    { key: 'ready', head: words.ready, cell: (row) => <Readiness query={row.readiness} /> },
    { key: 'version', head: words.version, cell: (row) => row.state?.version ?? '—' },
    number('outboxBacklog', words.backlog),
    number('outboxAgeSeconds', words.outboxAge),
    number('stoppedKeys', words.stoppedKeys),
    number('lag', words.lag),
    number('deadLetters', words.deadLetters),
    number('auditAgeSeconds', words.auditAge),
  ];
  return (
    <Panel title={words.services}>
      <DataTable
        caption={words.services}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(row) => row.service}
      />
    </Panel>
  );
}

function Readiness({ query }: { query: ServiceRow['readiness'] }) {
  const words = useWords(healthWords);
  if (query.data === undefined)
    return query.isError ? <Badge tone="alarm">{words.down}</Badge> : <Badge>{words.asking}</Badge>;
  const failing = query.data.checks.filter((check) => !check.up).map((check) => check.name);
  return (
    <>
      <Badge tone={query.data.up ? 'proved' : 'alarm'}>{query.data.up ? `✓ ${words.up}` : words.down}</Badge>
      {failing.length > 0 ? (
        <span className={styles.failing}> {words.failing(failing.join(', '))}</span>
      ) : null}
    </>
  );
}

function NumberCell({ name, value }: { name: keyof ServiceNumbers; value: number | null }) {
  const words = useWords(healthWords);
  const formats = useFormats();
  const isSeconds = name.endsWith('Seconds');
  const show = (shown: number) =>
    isSeconds ? words.seconds(formats.number(Math.round(shown * 10) / 10)) : formats.number(shown);
  if (value === null) return <>—</>;
  const limit = words.limit(show(LIMITS[name]));
  return isTrouble(name, value) ? (
    <strong className={styles.trouble} title={limit}>
      ! {show(value)} <span className={styles.limit}>({limit})</span>
    </strong>
  ) : (
    <span title={limit}>{show(value)}</span>
  );
}
