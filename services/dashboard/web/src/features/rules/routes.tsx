import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, textParameter } from '../../kit/search';

export const RULED_SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'] as const;
export type RuledService = (typeof RULED_SERVICES)[number];
export const SEVERITIES = ['refuse', 'warn'] as const;
export type Severity = (typeof SEVERITIES)[number];

interface RulesSearch {
  service?: RuledService | undefined;
  record?: string | undefined;
  severity?: Severity | undefined;
  find?: string | undefined;
}

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  validateSearch: (search: Record<string, unknown>): RulesSearch => ({
    service: choiceParameter(search, 'service', RULED_SERVICES),
    record: textParameter(search, 'record'),
    severity: choiceParameter(search, 'severity', SEVERITIES),
    find: textParameter(search, 'find'),
  }),
  component: lazyRouteComponent(() => import('./RulesPage'), 'RulesPage'),
});

const ruleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules/$rule',
  validateSearch: (search: Record<string, unknown>): { service?: RuledService | undefined } => ({
    service: choiceParameter(search, 'service', RULED_SERVICES),
  }),
  component: lazyRouteComponent(() => import('./RulePage'), 'RulePage'),
});

export const rules = defineFeature({
  routes: [rulesRoute, ruleRoute],
  menu: [
    {
      path: '/rules',
      name: { zh: '数据规则', en: 'Rules' },
      order: 75,
      roles: ['operator', 'auditor', 'bureau'],
    },
  ],
});
