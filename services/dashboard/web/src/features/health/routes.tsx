import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

export const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/health',
  component: lazyRouteComponent(() => import('./HealthPage'), 'HealthPage'),
});

export const health = defineFeature({
  routes: [healthRoute],
  menu: [
    {
      path: '/health',
      name: { zh: '运行', en: 'Health' },
      order: 80,
      roles: ['operator', 'auditor'],
    },
  ],
});
