import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, textParameter } from '../../kit/search';

export const ALLIANCE_TABS = [
  'subscriptions',
  'catalogue',
  'members',
  'grants',
  'misses',
  'figures',
] as const;
export type AllianceTab = (typeof ALLIANCE_TABS)[number];
export const FEED_TABS = ['endpoints', 'checkpoints', 'read'] as const;
export const ENDPOINT_TABS = ['deliveries', 'undelivered', 'replay', 'secrets'] as const;

export interface AllianceSearch {
  tab?: AllianceTab | undefined;
  figure?: string | undefined;
  by?: string | undefined;
}

const alliancesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alliances',
  component: lazyRouteComponent(() => import('./AlliancesPage'), 'AlliancesPage'),
});

const allianceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alliances/$alliance',
  validateSearch: (search: Record<string, unknown>): AllianceSearch => ({
    tab: choiceParameter(search, 'tab', ALLIANCE_TABS),
    figure: textParameter(search, 'figure'),
    by: textParameter(search, 'by'),
  }),
  component: lazyRouteComponent(() => import('./AlliancePage'), 'AlliancePage'),
});

const feedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alliances/$alliance/subscriptions/$feed',
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof FEED_TABS)[number] | undefined } => ({
    tab: choiceParameter(search, 'tab', FEED_TABS),
  }),
  component: lazyRouteComponent(() => import('./FeedPage'), 'FeedPage'),
});

const endpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alliances/$alliance/subscriptions/$feed/endpoints/$endpoint',
  validateSearch: (
    search: Record<string, unknown>,
  ): { tab?: (typeof ENDPOINT_TABS)[number] | undefined } => ({
    tab: choiceParameter(search, 'tab', ENDPOINT_TABS),
  }),
  component: lazyRouteComponent(() => import('./EndpointPage'), 'EndpointPage'),
});

export const alliances = defineFeature({
  routes: [alliancesRoute, allianceRoute, feedRoute, endpointRoute],
  menu: [
    {
      path: '/alliances',
      name: { zh: '联盟', en: 'Alliances' },
      order: 60,
      roles: ['operator', 'auditor', 'alliance'],
    },
  ],
});
