import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';

export const whyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/why/$code',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./WhyPage'), 'WhyPage'),
});

export const why = defineFeature({ routes: [whyRoute], menu: [] });
