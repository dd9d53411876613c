import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { textParameter } from '../../kit/search';

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/records/$record/$province/$sourceId',
  component: lazyRouteComponent(() => import('./RecordPage'), 'RecordPage'),
});

export const editRecordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/records/$record/$province/$sourceId/edit',
  component: lazyRouteComponent(() => import('./EditRecordPage'), 'EditRecordPage'),
});

export interface NewRecordSearch {
  /** The field of the parent and the parent's key, as `school:LB-1`. */
  parent?: string | undefined;
}

export const newRecordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/records/$record/new',
  validateSearch: (search: Record<string, unknown>): NewRecordSearch => ({
    parent: textParameter(search, 'parent'),
  }),
  component: lazyRouteComponent(() => import('./EditRecordPage'), 'NewRecordPage'),
});

export const records = defineFeature({ routes: [recordRoute, editRecordRoute, newRecordRoute], menu: [] });
