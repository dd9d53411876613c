import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, numberParameter, textParameter } from '../../kit/search';

export const VERDICTS = ['equal', 'different', 'incomparable'] as const;
export type Verdict = (typeof VERDICTS)[number];

interface LinesSearch {
  tab?: 'sets' | undefined;
  service?: string | undefined;
  set?: string | undefined;
  version?: number | undefined;
  only?: Verdict | undefined;
}

interface BridgeSearch {
  figure?: string | undefined;
  period?: string | undefined;
  set?: string | undefined;
  version?: number | undefined;
  from?: string | undefined;
}

const reconciliationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reconciliation',
  validateSearch: (search: Record<string, unknown>): LinesSearch => ({
    tab: choiceParameter(search, 'tab', ['sets']),
    service: textParameter(search, 'service'),
    set: textParameter(search, 'set'),
    version: numberParameter(search, 'version'),
    only: choiceParameter(search, 'only', VERDICTS),
  }),
  component: lazyRouteComponent(() => import('./ReconciliationPage'), 'ReconciliationPage'),
});

const bridgeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reconciliation/bridge',
  validateSearch: (search: Record<string, unknown>): BridgeSearch => ({
    figure: textParameter(search, 'figure'),
    period: textParameter(search, 'period'),
    set: textParameter(search, 'set'),
    version: numberParameter(search, 'version'),
    from: textParameter(search, 'from'),
  }),
  component: lazyRouteComponent(() => import('./BridgePage'), 'BridgePage'),
});

export const reconciliation = defineFeature({
  routes: [reconciliationRoute, bridgeRoute],
  menu: [
    {
      path: '/reconciliation',
      name: { zh: '对账', en: 'Reconciliation' },
      order: 30,
      roles: ['operator', 'auditor'],
    },
  ],
});
