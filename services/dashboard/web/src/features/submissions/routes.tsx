import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, textParameter } from '../../kit/search';
import { OUTCOMES, type Batch } from './batch';
import type { RowFilter } from './RowTable';

const SERVICES = ['mobility', 'cooperation', 'overseas', 'standards'] as const;

export interface SubmissionsSearch {
  service?: (typeof SERVICES)[number] | undefined;
  state?: Batch['state'] | undefined;
  province?: string | undefined;
}

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

export const submissionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/submissions',
  validateSearch: (search: Record<string, unknown>): SubmissionsSearch => ({
    service: choiceParameter(search, 'service', SERVICES),
    state: choiceParameter(search, 'state', ['receiving', 'running', 'done', 'failed', 'interrupted']),
    province: textParameter(search, 'province'),
  }),
  component: lazyRouteComponent(() => import('./SubmissionsPage'), 'SubmissionsPage'),
});

export const submissionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/submissions/$service/$batch',
  validateSearch: (search: Record<string, unknown>): { rows?: RowFilter | undefined } => ({
    rows: choiceParameter(search, 'rows', [...OUTCOMES, 'all', 'warned']),
  }),
  component: lazyRouteComponent(() => import('./SubmissionPage'), 'SubmissionPage'),
});

export const waitingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/waiting',
  component: lazyRouteComponent(() => import('./WaitingPage'), 'WaitingPage'),
});

export const submissions = defineFeature({
  routes: [sendIndexRoute, sendRoute, submissionsRoute, submissionRoute, waitingRoute],
  menu: [
    { path: '/send', name: { zh: '报送', en: 'Send a file' }, order: 55, roles: ['bureau'] },
    {
      path: '/submissions',
      name: { zh: '报送记录', en: 'Submissions' },
      order: 56,
      roles: ['bureau', 'operator', 'auditor'],
    },
    { path: '/waiting', name: { zh: '待处理', en: 'Waiting rows' }, order: 57, roles: ['bureau'] },
  ],
});
