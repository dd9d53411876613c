import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

export const whyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/why/$code',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./WhyPage'), 'WhyPage'),
});

export const why = defineFeature({ routes: [whyRoute], menu: [] });
