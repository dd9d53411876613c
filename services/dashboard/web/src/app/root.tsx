import { createRootRoute, retainSearchParams } from '@tanstack/react-router';
import { flagParameter, textParameter } from '../kit/search';
import { PageError } from './PageError';
import { Shell } from './Shell';

/** Parameters that every page has: the moment of knowledge and the wall mode. */
export interface SharedSearch {
  asOf?: string | undefined;
  kiosk?: true | undefined;
}

/** The route around all pages; features name it as the parent of theirs. */
export const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): SharedSearch => ({
    asOf: textParameter(search, 'asOf'),
    kiosk: flagParameter(search, 'kiosk'),
  }),
  search: { middlewares: [retainSearchParams<SharedSearch>(['asOf', 'kiosk'])] },
  component: Shell,
  errorComponent: PageError,
  notFoundComponent: () => <PageError />,
});
