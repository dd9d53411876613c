import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/records/$record/$province/$sourceId',
  component: lazyRouteComponent(() => import('./RecordPage'), 'RecordPage'),
});

export const records = defineFeature({ routes: [recordRoute], menu: [] });
