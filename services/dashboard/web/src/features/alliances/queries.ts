import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';

export type Feed = components['schemas']['FeedAnswer'];
export type Endpoint = components['schemas']['EndpointAnswer'];

const MOST_FEEDS = 200;

/** All subscriptions that the reader may see. */
export function useFeeds() {
  return useQuery(feeds.read('/v1/feeds', { params: { query: { limit: MOST_FEEDS } } }));
}

/** Subscriptions of an alliance with their endpoints; undefined while any of them is on the way. */
export function useAllianceEndpoints(alliance: string): { feeds: Feed[]; endpoints: Endpoint[] } | undefined {
  const all = useFeeds();
  const own = all.data?.items.filter((feed) => feed.alliance === alliance) ?? [];
  const answers = useQueries({
    queries: own.map((feed) =>
      feeds.read('/v1/feeds/{feed}/endpoints', { params: { path: { feed: feed.id } } }),
    ),
  });
  if (!all.data || answers.some((answer) => answer.data === undefined)) return undefined;
  return { feeds: own, endpoints: answers.flatMap((answer) => answer.data?.items ?? []) };
}

/** Asks again for everything that the feeds service has answered, as after a write. */
export function useFeedsRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['feeds'] });
}
