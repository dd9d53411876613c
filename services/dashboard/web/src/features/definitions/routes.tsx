import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { choiceParameter, textParameter } from '../../kit/search';

export const KINDS = ['counted', 'derived'] as const;

interface DefinitionsSearch {
  find?: string | undefined;
  kind?: (typeof KINDS)[number] | undefined;
}

/** What a rehearsal splits by (`none`: totals alone), its years, and whether it shows equal values, too. */
export interface RehearsalSearch {
  by?: string | undefined;
  period?: string | undefined;
  differing?: 'true' | 'false' | undefined;
}

interface DefinitionSearch extends RehearsalSearch {
  tab?: 'rehearsal' | undefined;
}

function readRehearsal(search: Record<string, unknown>): RehearsalSearch {
  return {
    by: textParameter(search, 'by'),
    period: textParameter(search, 'period'),
    differing: choiceParameter(search, 'differing', ['true', 'false']),
  };
}

const definitionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/definitions',
  validateSearch: (search: Record<string, unknown>): DefinitionsSearch => ({
    find: textParameter(search, 'find'),
    kind: choiceParameter(search, 'kind', KINDS),
  }),
  component: lazyRouteComponent(() => import('./DefinitionsPage'), 'DefinitionsPage'),
});

const newDefinitionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/definitions/rehearsal',
  validateSearch: readRehearsal,
  component: lazyRouteComponent(() => import('./NewDefinitionPage'), 'NewDefinitionPage'),
});

const definitionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/definitions/$code',
  validateSearch: (search: Record<string, unknown>): DefinitionSearch => ({
    tab: choiceParameter(search, 'tab', ['rehearsal']),
    ...readRehearsal(search),
  }),
  component: lazyRouteComponent(() => import('./DefinitionPage'), 'DefinitionPage'),
});

export const definitions = defineFeature({
  routes: [definitionsRoute, newDefinitionRoute, definitionRoute],
  menu: [
    {
      path: '/definitions',
      name: { zh: '指标口径', en: 'Definitions' },
      order: 70,
      roles: ['operator', 'auditor', 'bureau', 'alliance'],
    },
  ],
});
