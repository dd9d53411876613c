import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

export const aboutRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/about',
  component: lazyRouteComponent(() => import('./AboutPage'), 'AboutPage'),
});

export const about = defineFeature({
  routes: [aboutRoute],
  menu: [
    {
      path: '/about',
      name: { zh: '关于', en: 'About' },
      order: 99,
      roles: ['operator', 'auditor', 'privacy-officer', 'bureau', 'alliance'],
    },
  ],
});
