import { useQueries, useQuery } from '@tanstack/react-query';
import { feeds } from '../../kit/api';
import { useFormats } from '../../kit/formats';
import { useSession } from '../../kit/session';
import type { Task } from '../../kit/TaskList';
import { useWords } from '../../kit/words';
import { findFault, type Endpoint, type Feed } from './endpointFaults';
import { words as homeWords } from './homeWords';

const MOST_FEEDS = 200;
const POLL_MILLISECONDS = 60_000;

export interface FeedEndpoints {
  feed: Feed;
  endpoints: Endpoint[];
}

/** The subscriptions that the reader may see, with their endpoints as far as these are read. */
export function useFeedEndpoints() {
  const all = useQuery({
    ...feeds.read('/v1/feeds', { params: { query: { limit: MOST_FEEDS } } }),
    refetchInterval: POLL_MILLISECONDS,
  });
  const answers = useQueries({
    queries: (all.data?.items ?? []).map((feed) => ({
      ...feeds.read('/v1/feeds/{feed}/endpoints', { params: { path: { feed: feed.id } } }),
      refetchInterval: POLL_MILLISECONDS,
    })),
  });
  const items = all.data?.items.map(
    (feed, at): FeedEndpoints => ({ feed, endpoints: answers[at]?.data?.items ?? [] }),
  );
  return { ...all, items, isPartial: all.isError || answers.some((answer) => answer.isError) };
}

/** The endpoints with a fault, as tasks. */
export function useEndpointTasks(items: readonly FeedEndpoints[] | undefined): Task[] {
  const words = useWords(homeWords);
  const formats = useFormats();
  // Only the alliance verifies its address and sends events again.
  const isOwn = useSession().role === 'alliance';
  return (items ?? []).flatMap(({ feed, endpoints }) =>
    endpoints.flatMap((endpoint): Task[] => {
      const fault = findFault(endpoint);
      if (!fault || (fault === 'unproved' && !isOwn)) return [];
      const host = new URL(endpoint.url).host;
      const { downSince, undelivered, downBecause } = endpoint.delivery;
      const texts = {
        down: () => words.down(feed.alliance, host, formats.moment(downSince)),
        disabled: () => words.disabled(feed.alliance, host),
        unproved: () => words.unproved(feed.alliance, host),
        undelivered: () => words.undelivered(feed.alliance, host, formats.number(undelivered)),
        expiring: () => words.expiring(feed.alliance, host),
      };
      return [
        {
          key: `endpoint ${endpoint.id}`,
          tone: fault === 'unproved' ? 'quiet' : 'caution',
          text: texts[fault](),
          ...(fault === 'down' && downBecause ? { detail: words.because(downBecause) } : {}),
          action:
            fault === 'unproved'
              ? words.verify
              : fault === 'undelivered' && isOwn
                ? words.redeliver
                : words.look,
          path: `/alliances/${feed.alliance}/subscriptions/${feed.id}/endpoints/${endpoint.id}`,
          ...(fault === 'undelivered' ? { search: { tab: 'undelivered' } } : {}),
        },
      ];
    }),
  );
}
