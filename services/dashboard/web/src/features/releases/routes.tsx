import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

const releasesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/releases',
  component: lazyRouteComponent(() => import('./ReleasesPage'), 'ReleasesPage'),
});

export const releases = defineFeature({
  routes: [releasesRoute],
  menu: [
    {
      path: '/releases',
      name: { zh: '对外发布', en: 'Releases' },
      order: 65,
      roles: ['operator', 'auditor'],
    },
  ],
});
