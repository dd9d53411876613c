import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./OverviewPage'), 'OverviewPage'),
});

export const overview = defineFeature({
  routes: [overviewRoute],
  menu: [
    {
      path: '/',
      name: { zh: '总览', en: 'Overview' },
      order: 10,
      roles: ['operator', 'auditor', 'bureau'],
    },
  ],
});
