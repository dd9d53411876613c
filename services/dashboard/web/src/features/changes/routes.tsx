import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { textParameter } from '../../kit/search';

export const changesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changes',
  validateSearch: (search: Record<string, unknown>): { from?: string | undefined } => ({
    from: textParameter(search, 'from'),
  }),
  component: lazyRouteComponent(() => import('./ChangesPage'), 'ChangesPage'),
});

export const changes = defineFeature({
  routes: [changesRoute],
  menu: [
    {
      path: '/changes',
      name: { zh: '变动', en: 'What moved' },
      order: 25,
      roles: ['operator', 'auditor', 'bureau'],
    },
  ],
});
