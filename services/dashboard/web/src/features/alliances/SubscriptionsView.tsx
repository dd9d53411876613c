import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { Badge } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { FilterText } from './FilterText';
import { sumHealth } from './health';
import { shortenPosition } from './positions';
import { useAllianceEndpoints, useFeeds, type Feed } from './queries';
import { SubscribeForm } from './SubscribeForm';
import { words as allianceWords } from './words';

/** Subscriptions of an alliance with the state of their deliveries. */
export function SubscriptionsView({ alliance, isOwn }: { alliance: string; isOwn: boolean }) {
  const words = useWords(allianceWords);
  const [subscribing, setSubscribing] = useState(false);
  const answer = useFeeds();
  return (
    <Panel
      title={words.tabSubscriptions}
      actions={
        isOwn ? (
          <Button kind="primary" onPress={() => setSubscribing(true)}>
            {words.subscribe}
          </Button>
        ) : null
      }
    >
      <Answer query={answer}>
        {(found) => {
          const own = found.items.filter((feed) => feed.alliance === alliance);
          if (own.length > 0) return <FeedTable alliance={alliance} feeds={own} />;
          return <p>{isOwn ? `${words.noFeeds} ${words.noFeedsNext}` : words.noFeedsStaff}</p>;
        }}
      </Answer>
      <Drawer title={words.subscribeTitle} isOpen={subscribing} onClose={() => setSubscribing(false)}>
        <SubscribeForm onDone={() => setSubscribing(false)} />
      </Drawer>
    </Panel>
  );
}

function FeedTable({ alliance, feeds }: { alliance: string; feeds: Feed[] }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const columns: Column<Feed>[] = [
    {
      key: 'name',
      head: words.feed,
      rowHead: true,
      cell: (feed) => (
        <Link to="/alliances/$alliance/subscriptions/$feed" params={{ alliance, feed: feed.id }}>
          {feed.name}
        </Link>
      ),
    },
    { key: 'filter', head: words.filter, cell: (feed) => <FilterText filter={feed.filter} /> },
    { key: 'head', head: words.head, align: 'end', cell: (feed) => shortenPosition(feed.head) },
    {
      key: 'state',
      head: words.status,
      cell: (feed) =>
        feed.scan ? (
          <Badge tone="caution">{words.scanning(feed.scan)}</Badge>
        ) : (
          <Badge tone="proved">✓ {words.healthy}</Badge>
        ),
    },
    { key: 'created', head: words.createdAt, cell: (feed) => formats.moment(feed.createdAt) },
  ];
  return (
    <>
      <DeliverySums alliance={alliance} />
      <DataTable
        caption={words.tabSubscriptions}
        captionHidden
        columns={columns}
        rows={feeds}
        rowKey={(feed) => feed.id}
      />
    </>
  );
}

function DeliverySums({ alliance }: { alliance: string }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const found = useAllianceEndpoints(alliance);
  if (!found) return null;
  const health = sumHealth(found.endpoints);
  return (
    <p>
      {words.endpointsCount(formats.number(health.endpoints))} ·{' '}
      {words.backlog(formats.number(health.backlog))} ·{' '}
      {words.undeliveredCount(formats.number(health.undelivered))}
    </p>
  );
}
