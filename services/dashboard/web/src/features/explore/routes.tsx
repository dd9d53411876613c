import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { defineFeature } from '../../kit/routing/features';
import { rootRoute } from '../../kit/routing/rootRoute';
import { readExploreSearch } from './exploreSearch';

export const figuresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/explore',
  component: lazyRouteComponent(() => import('./FiguresPage'), 'FiguresPage'),
});

export const exploreRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/explore/$code',
  validateSearch: readExploreSearch,
  component: lazyRouteComponent(() => import('./ExplorePage'), 'ExplorePage'),
});

export const explore = defineFeature({
  routes: [figuresRoute, exploreRoute],
  menu: [
    {
      path: '/explore',
      name: { zh: '探索', en: 'Explore' },
      order: 20,
      roles: ['operator', 'auditor', 'bureau', 'alliance'],
    },
  ],
});
