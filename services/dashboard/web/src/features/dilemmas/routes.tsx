import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';

export const dilemmasRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dilemmas',
  component: lazyRouteComponent(() => import('./DilemmasPage'), 'DilemmasPage'),
});

export const dilemmaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dilemmas/$key',
  component: lazyRouteComponent(() => import('./DilemmasPage'), 'DilemmaPage'),
});

export const dilemmasFeature = defineFeature({
  routes: [dilemmasRoute, dilemmaRoute],
  menu: [
    {
      path: '/dilemmas',
      name: { zh: '难点', en: 'Dilemmas' },
      order: 35,
      roles: ['operator', 'auditor', 'bureau'],
    },
  ],
});
