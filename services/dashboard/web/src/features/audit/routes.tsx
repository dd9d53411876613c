import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';
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
