import { useQueries, useQuery } from '@tanstack/react-query';
import { feeds } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { PageTitle } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { Answer, StateMessage } from '../../kit/StateMessage';
import type { Task } from '../../kit/TaskList';
import { useWords } from '../../kit/words';
import { words as homeWords } from './homeWords';
import { TaskPanel } from './TaskPanel';
import { useEndpointTasks, useFeedEndpoints, type FeedEndpoints } from './useEndpointTasks';

const POLL_MILLISECONDS = 30_000;

/** What an alliance sees first: what keeps events from it, and how far each subscription is. */
export function AllianceHome({ alliance }: { alliance: string }) {
  const words = useWords(homeWords);
  const formats = useFormats();
  const own = useQuery(feeds.read('/v1/alliances/{alliance}', { params: { path: { alliance } } }));
  const subscriptions = useFeedEndpoints();
  const items = subscriptions.items;
  const statuses = useQueries({
    queries: (items ?? []).map(({ feed }) => ({
      ...feeds.read('/v1/feeds/{feed}/status', { params: { path: { feed: feed.id } } }),
      refetchInterval: POLL_MILLISECONDS,
    })),
  });
  const endpointTasks = useEndpointTasks(items);
  const page = `/alliances/${alliance}`;
  const tasks: Task[] = [
    ...(items ?? []).flatMap(({ feed }, at): Task[] => {
      const grant = statuses[at]?.data?.grant;
      if (grant === undefined || grant === 'granted') return [];
      return [
        {
          key: `grant ${feed.id}`,
          tone: 'caution',
          text: grant === 'grant-ended' ? words.grantEnded(feed.name) : words.notGranted(feed.name),
          action: words.seeGrants,
          path: page,
          search: { tab: 'grants' },
        },
      ];
    }),
    ...endpointTasks,
    ...(items?.length === 0
      ? [
          {
            key: 'first',
            text: words.noFeeds,
            action: words.subscribe,
            path: page,
            search: { tab: 'catalogue' },
          },
        ]
      : []),
  ];
  const name = own.data ? (formats.language === 'zh' ? own.data.name : own.data.nameEn) : alliance;
  const sumOf = (each: FeedEndpoints, count: (endpoint: FeedEndpoints['endpoints'][number]) => number) =>
    formats.number(each.endpoints.reduce((sum, endpoint) => sum + count(endpoint), 0));
  const statusOf = (each: FeedEndpoints) => statuses[items?.indexOf(each) ?? -1]?.data;
  const columns: Column<FeedEndpoints>[] = [
    {
      key: 'feed',
      head: words.feed,
      rowHead: true,
      cell: ({ feed }) => <PathLink path={`${page}/subscriptions/${feed.id}`}>{feed.name}</PathLink>,
    },
    { key: 'last', head: words.lastEvent, cell: (each) => formats.moment(statusOf(each)?.lastEventAt) },
    {
      key: 'records',
      head: words.records,
      align: 'end',
      cell: (each) => formats.number(statusOf(each)?.records),
    },
    {
      key: 'endpoints',
      head: words.endpoints,
      align: 'end',
      cell: (each) => formats.number(each.endpoints.length),
    },
    {
      key: 'waiting',
      head: words.waiting,
      align: 'end',
      cell: (each) =>
        sumOf(each, ({ status, delivery }) => (status === 'enabled' ? (delivery.lagEvents ?? 0) : 0)),
    },
    {
      key: 'undelivered',
      head: words.notDelivered,
      align: 'end',
      cell: (each) => sumOf(each, ({ delivery }) => delivery.undelivered),
    },
  ];
  return (
    <>
      <PageTitle title={words.allianceTitle(name)} />
      {own.data?.status === 'suspended' ? (
        <StateMessage tone="caution">
          <p>{words.suspended}</p>
        </StateMessage>
      ) : null}
      <TaskPanel
        tasks={tasks}
        isPending={subscriptions.isPending && !subscriptions.isError}
        isPartial={subscriptions.isPartial || statuses.some((each) => each.isError)}
      />
      <Panel title={words.feeds}>
        <Answer query={subscriptions}>
          {() =>
            items?.length ? (
              <DataTable
                caption={words.feeds}
                captionHidden
                columns={columns}
                rows={items}
                rowKey={({ feed }) => feed.id}
              />
            ) : (
              <p>{words.noFeeds}</p>
            )
          }
        </Answer>
      </Panel>
    </>
  );
}
