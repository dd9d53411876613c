import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { EndpointPath } from './EndpointPage';
import { shortenPosition } from './positions';
import { words as allianceWords } from './words';

type Undelivered = components['schemas']['UndeliveredItem'];

/** Events that the endpoint refused at every try. */
export function UndeliveredView({ path }: { path: EndpointPath }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery(
    feeds.read('/v1/feeds/{feed}/endpoints/{endpoint}/undelivered', {
      params: { path, query: { limit: 100 } },
    }),
  );
  const columns: Column<Undelivered>[] = [
    { key: 'event', head: words.event, rowHead: true, cell: (event) => shortenPosition(event.eventId) },
    { key: 'tries', head: words.tries, align: 'end', cell: (event) => formats.number(event.tries) },
    {
      key: 'status',
      head: words.lastStatus,
      align: 'end',
      cell: (event) => words.httpStatus(event.lastStatus),
    },
    { key: 'since', head: words.setAsideAt, cell: (event) => formats.moment(event.setAsideAt) },
  ];
  return (
    <Panel title={words.tabUndelivered}>
      <Answer query={answer}>
        {(found) =>
          found.items.length === 0 ? (
            <p>✓ {words.noUndelivered}</p>
          ) : (
            <DataTable
              caption={words.tabUndelivered}
              captionHidden
              columns={columns}
              rows={found.items}
              rowKey={(event) => event.eventId}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
