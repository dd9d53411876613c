import { createRoute } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, flagParameter, textParameter } from '../../kit/search';
import { OverviewPage } from './OverviewPage';
import { SPANS, type Span } from './recentHistory';

/** The figure of the grid and the table in its place, the span of the recent changes, and the value that is explained over the page. */
export interface OverviewSearch {
  figure?: string | undefined;
  table?: true | undefined;
  over?: Span | undefined;
  why?: string | undefined;
}

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): OverviewSearch => ({
    figure: textParameter(search, 'figure'),
    table: flagParameter(search, 'table'),
    over: choiceParameter(search, 'over', SPANS),
    why: textParameter(search, 'why'),
  }),
  // Part of the first scripts: most readers begin here.
  component: OverviewPage,
});

export const overview = defineFeature({
  routes: [overviewRoute],
  menu: [
    {
      path: '/',
      name: { zh: '总览', en: 'Overview' },
      order: 10,
      roles: ['operator', 'auditor'],
    },
    { path: '/', name: { zh: '首页', en: 'Home' }, order: 10, roles: ['bureau', 'alliance'] },
  ],
});
