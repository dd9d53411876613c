import { createRootRoute, retainSearchParams } from '@tanstack/react-router';
import { flagParameter, textParameter } from '../search';

/** Parameters that every page has: the moment of knowledge, the wall mode, a value that is explained over the page, and the order of tables. */
export interface SharedSearch {
  asOf?: string | undefined;
  kiosk?: true | undefined;
  why?: string | undefined;
  sort?: string | undefined;
}

/** The route around all pages; features name it as the parent of theirs. The application gives it its components. */
export const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): SharedSearch => ({
    asOf: textParameter(search, 'asOf'),
    kiosk: flagParameter(search, 'kiosk'),
    why: textParameter(search, 'why'),
    sort: textParameter(search, 'sort'),
  }),
  search: { middlewares: [retainSearchParams<SharedSearch>(['asOf', 'kiosk'])] },
});
