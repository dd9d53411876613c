import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/records/$record/$province/$sourceId',
  component: lazyRouteComponent(() => import('./RecordPage'), 'RecordPage'),
});

export const records = defineFeature({ routes: [recordRoute], menu: [] });
