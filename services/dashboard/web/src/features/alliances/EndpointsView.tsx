import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { feeds } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { EndpointForm } from './EndpointForm';
import { EndpointState } from './EndpointParts';
import { shortenPosition } from './positions';
import { useFeedsRefresh, type Endpoint } from './queries';
import { words as allianceWords } from './words';

/** Addresses to which events are posted, with the state of their deliveries. */
export function EndpointsView({ alliance, feed, isOwn }: { alliance: string; feed: string; isOwn: boolean }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const refresh = useFeedsRefresh();
  const [adding, setAdding] = useState(false);
  const answer = useQuery({
    ...feeds.read('/v1/feeds/{feed}/endpoints', { params: { path: { feed } } }),
    refetchInterval: 15_000,
  });
  const close = () => {
    setAdding(false);
    refresh();
  };
  const columns: Column<Endpoint>[] = [
    {
      key: 'url',
      head: words.endpoint,
      rowHead: true,
      cell: (endpoint) => (
        <Link
          to="/alliances/$alliance/subscriptions/$feed/endpoints/$endpoint"
          params={{ alliance, feed, endpoint: endpoint.id }}
        >
          {endpoint.url}
        </Link>
      ),
    },
    { key: 'status', head: words.status, cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
    {
      key: 'position',
      head: words.position,
      align: 'end',
      cell: (endpoint) => shortenPosition(endpoint.delivery.position),
    },
    {
      key: 'waiting',
      head: words.waiting,
      align: 'end',
      cell: (endpoint) => formats.number(endpoint.delivery.lagEvents),
    },
    {
      key: 'undelivered',
      head: words.undelivered,
      align: 'end',
      cell: (endpoint) => formats.number(endpoint.delivery.undelivered),
    },
    { key: 'next', head: words.nextTry, cell: (endpoint) => formats.moment(endpoint.delivery.nextTryAt) },
  ];
  return (
    <Panel
      title={words.tabEndpoints}
      actions={
        isOwn ? (
          <Button kind="primary" onPress={() => setAdding(true)}>
            {words.addEndpoint}
          </Button>
        ) : null
      }
    >
      <Answer query={answer}>
        {(found) =>
          found.items.length === 0 ? (
            <p>
              {words.noEndpoints} {words.noEndpointsNext}
            </p>
          ) : (
            <DataTable
              caption={words.tabEndpoints}
              captionHidden
              columns={columns}
              rows={found.items}
              rowKey={(endpoint) => endpoint.id}
            />
          )
        }
      </Answer>
      <Drawer title={words.addEndpoint} isOpen={adding} onClose={close}>
        <EndpointForm feed={feed} onDone={close} />
      </Drawer>
    </Panel>
  );
}
