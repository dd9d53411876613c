import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../app/features';
import { rootRoute } from '../../app/root';
import { choiceParameter, textParameter } from '../../kit/search';
import { OUTCOMES } from './batch';
import type { RowFilter } from './RowTable';

export const sendIndexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/send',
  component: lazyRouteComponent(() => import('./SendIndexPage'), 'SendIndexPage'),
});

export interface SendSearch {
  /** The dry run. */
  batch?: string | undefined;
  /** The batch that stored its file. */
  stored?: string | undefined;
  /** Outcome of the rows that are shown. */
  rows?: RowFilter | undefined;
}

export const sendRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/send/$record',
  validateSearch: (search: Record<string, unknown>): SendSearch => ({
    batch: textParameter(search, 'batch'),
    stored: textParameter(search, 'stored'),
    rows: choiceParameter(search, 'rows', [...OUTCOMES, 'all', 'warned']),
  }),
  component: lazyRouteComponent(() => import('./SendPage'), 'SendPage'),
});

export const send = defineFeature({
  routes: [sendIndexRoute, sendRoute],
  menu: [{ path: '/send', name: { zh: '报送', en: 'Send a file' }, order: 55, roles: ['bureau'] }],
});
