import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { addLanguage, useLanguage } from '../../kit/language';
import { Badge, Facts, PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import { CheckpointsView } from './CheckpointsView';
import { EndpointsView } from './EndpointsView';
import styles from './alliances.module.css';
import { FilterText } from './FilterText';
import { shortenPosition } from './positions';
import type { Feed } from './queries';
import { ReasonForm } from './ReasonForm';
import { FEED_TABS } from './routes';
import { SubscribeForm } from './SubscribeForm';
import { words as allianceWords } from './words';

const route = getRouteApi('/alliances/$alliance/subscriptions/$feed');

/** One subscription: how far it is, its endpoints, its checkpoints and the verification of a copy. */
export function FeedPage() {
  const words = useWords(allianceWords);
  const session = useSession();
  const { alliance, feed: id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const answer = useQuery(feeds.read('/v1/feeds/{feed}', { params: { path: { feed: id } } }));
  const isOwn = session.role === 'alliance';
  return (
    <>
      <PageTitle
        back={
          <Link to="/alliances/$alliance" params={{ alliance }}>
            ← {words.backToAlliance}
          </Link>
        }
        title={<span translate="no">{answer.data?.name ?? id}</span>}
        actions={answer.data && isOwn ? <FeedActions feed={answer.data} /> : null}
      />
      <Answer query={answer}>
        {(feed) => (
          <Stack>
            <FeedHead feed={feed} />
            <Tabs
              label={words.feed}
              selected={tab ?? 'endpoints'}
              onSelect={(key) =>
                void navigate({ search: (now) => ({ ...now, tab: FEED_TABS.find((each) => each === key) }) })
              }
              items={[
                {
                  key: 'endpoints',
                  title: words.tabEndpoints,
                  content: () => <EndpointsView alliance={alliance} feed={feed.id} isOwn={isOwn} />,
                },
                {
                  key: 'checkpoints',
                  title: words.tabCheckpoints,
                  content: () => <CheckpointsView feed={feed.id} isOwn={isOwn} />,
                },
                { key: 'read', title: words.tabRead, content: () => <WaysToRead feed={feed.id} /> },
              ]}
            />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function FeedHead({ feed }: { feed: Feed }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const status = useQuery({
    ...feeds.read('/v1/feeds/{feed}/status', { params: { path: { feed: feed.id } } }),
    refetchInterval: 10_000,
  });
  return (
    <Panel
      title={<span translate="no">{feed.id}</span>}
      actions={
        status.data && status.data.grant !== 'granted' ? (
          <Badge tone="caution">
            ! {status.data.grant === 'grant-ended' ? words.grantEnded : words.notGranted}
          </Badge>
        ) : status.data?.scan ? (
          <Badge tone="caution">{words.scanning(status.data.scan)}</Badge>
        ) : (
          <Badge tone="proved">✓ {words.healthy}</Badge>
        )
      }
    >
      <Answer query={status}>
        {(found) => (
          <Facts
            items={[
              { term: words.filter, value: <FilterText filter={feed.filter} /> },
              { term: words.head, value: shortenPosition(found.head) },
              { term: words.oldestKept, value: shortenPosition(found.oldestKept) },
              { term: words.lastEvent, value: formats.moment(found.lastEventAt) },
              {
                term: words.lag,
                value:
                  found.lagSeconds === null ? undefined : words.seconds(formats.number(found.lagSeconds)),
              },
              { term: words.recordsHeld, value: formats.number(found.records) },
            ]}
          />
        )}
      </Answer>
    </Panel>
  );
}

function FeedActions({ feed }: { feed: Feed }) {
  const words = useWords(allianceWords);
  const { alliance } = route.useParams();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<'change' | 'end'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Button onPress={() => setOpen('change')}>{words.changeFeed}</Button>
      <Button kind="danger" onPress={() => setOpen('end')}>
        {words.endFeed}
      </Button>
      <Drawer
        title={open === 'end' ? words.endFeedTitle : words.changeFeed}
        isOpen={open !== undefined}
        onClose={close}
      >
        {open === 'change' ? <SubscribeForm feed={feed} onDone={close} /> : null}
        {open === 'end' ? (
          <ReasonForm
            lead={words.endFeedLead}
            action={words.endFeedTitle}
            confirmWord={feed.name}
            onDone={close}
            onAct={async () => {
              await unwrap(feeds.client.DELETE('/v1/feeds/{feed}', { params: { path: { feed: feed.id } } }));
              await navigate({ to: '/alliances/$alliance', params: { alliance } });
            }}
          />
        ) : null}
      </Drawer>
    </>
  );
}

/** The addresses at which programs read the same events. */
function WaysToRead({ feed }: { feed: string }) {
  const words = useWords(allianceWords);
  const language = useLanguage();
  const paths = [
    'events?after=…&wait=30',
    'events?after=…&until=…',
    'snapshot',
    'stream',
    'status',
    'verifications',
  ];
  return (
    <Panel title={words.tabRead}>
      <Stack>
        <p>
          {words.readLead} {words.readToken}
        </p>
        <ul>
          {paths.map((path) => (
            <li key={path}>
              <code className={styles.path}>
                {path === 'verifications' ? 'POST' : 'GET'} {location.origin}/api/feeds/v1/feeds/{feed}/{path}
              </code>
            </li>
          ))}
        </ul>
        <p>
          {/* A page of its own, which the server answers. */}
          <a href={addLanguage('/reference', language)}>{words.reference}</a>
        </p>
      </Stack>
    </Panel>
  );
}
