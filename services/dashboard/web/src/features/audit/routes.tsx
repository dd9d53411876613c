import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { readAuditSearch } from './filters';

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./AuditPage'), 'AuditPage'),
});

export const audit = defineFeature({
  routes: [auditRoute],
  menu: [
    {
      path: '/audit',
      name: { zh: '审计', en: 'Audit' },
      order: 90,
      roles: ['operator', 'auditor', 'privacy-officer', 'bureau'],
    },
  ],
});
