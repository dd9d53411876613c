import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';
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
