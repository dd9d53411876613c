import { createRouter } from '@tanstack/react-router';
import { addLanguage, currentLanguage, removeLanguage } from '../kit/language';
import { parseSearch, writeSearch } from '../kit/search';
import { routeTree } from './routes';

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch: writeSearch,
  rewrite: {
    input: ({ url }) => {
      url.pathname = removeLanguage(url.pathname);
      return url;
    },
    output: ({ url }) => {
      url.pathname = addLanguage(url.pathname, currentLanguage());
      return url;
    },
  },
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
