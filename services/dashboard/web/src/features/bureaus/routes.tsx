import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, numberParameter, textParameter } from '../../kit/search';
import { SERVICES, SORTS, YEAR_STATES, type LineSort, type Service, type YearState } from './completeness';

export interface BureausSearch {
  tab?: 'causes' | 'plans' | undefined;
  /** A year, the last three together, or all side by side. */
  year?: number | 'recent' | 'all' | undefined;
  service?: Service | undefined;
  state?: YearState | undefined;
  order?: LineSort | undefined;
  /** Service and province of the open cell, and its year where all are shown; for a bureau service and year. */
  open?: string | undefined;
}

export const bureausRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bureaus',
  validateSearch: (search: Record<string, unknown>): BureausSearch => ({
    tab: choiceParameter(search, 'tab', ['causes', 'plans']),
    year: choiceParameter(search, 'year', ['recent', 'all']) ?? numberParameter(search, 'year'),
    service: choiceParameter(search, 'service', SERVICES),
    state: choiceParameter(search, 'state', YEAR_STATES),
    order: choiceParameter(search, 'order', SORTS),
    open: textParameter(search, 'open'),
  }),
  component: lazyRouteComponent(() => import('./BureausPage'), 'BureausPage'),
});

export const provinceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bureaus/$province',
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({
    open: textParameter(search, 'open'),
  }),
  component: lazyRouteComponent(() => import('./ProvincePage'), 'ProvincePage'),
});

export const yearRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/years/$service/$province/$year',
  component: lazyRouteComponent(() => import('./YearPage'), 'YearPage'),
});

export const bureaus = defineFeature({
  routes: [bureausRoute, provinceRoute, yearRoute],
  menu: [
    { path: '/bureaus', name: { zh: '省份', en: 'Bureaus' }, order: 50, roles: ['operator', 'auditor'] },
    { path: '/bureaus', name: { zh: '本省', en: 'My province' }, order: 50, roles: ['bureau'] },
  ],
});
