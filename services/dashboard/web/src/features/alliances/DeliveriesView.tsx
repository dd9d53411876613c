import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { EndpointPath } from './EndpointPage';
import { OutcomeText } from './EndpointParts';
import { shortenPosition } from './positions';
import { words as allianceWords } from './words';

type Attempt = components['schemas']['AttemptItem'];

/** Requests to an endpoint, the newest first: failed ones one by one, accepted ones by the minute. */
export function DeliveriesView({ path }: { path: EndpointPath }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery({
    ...feeds.read('/v1/feeds/{feed}/endpoints/{endpoint}/deliveries', {
      params: { path, query: { limit: 100 } },
    }),
    refetchInterval: 10_000,
  });
  const columns: Column<Attempt>[] = [
    { key: 'time', head: words.time, rowHead: true, cell: (attempt) => formats.moment(attempt.time) },
    {
      key: 'events',
      head: words.events,
      cell: (attempt) =>
        attempt.first === attempt.last
          ? shortenPosition(attempt.first)
          : `${shortenPosition(attempt.first)} … ${shortenPosition(attempt.last)} (${formats.number(attempt.events)})`,
    },
    {
      key: 'outcome',
      head: words.outcome,
      cell: (attempt) => (
        <OutcomeText outcome={attempt.outcome} status={attempt.status} failure={attempt.failure} />
      ),
    },
    {
      key: 'duration',
      head: words.duration,
      align: 'end',
      cell: (attempt) => formats.number(attempt.durationMillis),
    },
    { key: 'reply', head: words.reply, cell: (attempt) => attempt.excerpt },
    {
      key: 'next',
      head: words.nextTry,
      cell: (attempt) => (attempt.nextTryAt ? formats.moment(attempt.nextTryAt) : ''),
    },
  ];
  return (
    <Panel title={words.tabDeliveries}>
      <Answer query={answer}>
        {(found) =>
          found.items.length === 0 ? (
            <p>{words.noDeliveries}</p>
          ) : (
            <DataTable
              caption={words.tabDeliveries}
              captionHidden
              columns={columns}
              rows={found.items}
              rowKey={(attempt) => attempt.time + attempt.first + attempt.outcome}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
