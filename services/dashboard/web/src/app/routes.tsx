// All features: one import and one line in each of the two lists.
import { about } from '../features/about/routes';
import { bureaus } from '../features/bureaus/routes';
import { changes } from '../features/changes/routes';
import { dilemmasFeature } from '../features/dilemmas/routes';
import { explore } from '../features/explore/routes';
import { health } from '../features/health/routes';
import { overview } from '../features/overview/routes';
import { records } from '../features/records/routes';
import { submissions } from '../features/submissions/routes';
import { reconciliation } from '../features/reconciliation/routes';
import { definitions } from '../features/definitions/routes';
import { rules } from '../features/rules/routes';
import { audit } from '../features/audit/routes';
import { why } from '../features/why/routes';
import { alliances } from '../features/alliances/routes';
import { releases } from '../features/releases/routes';
import { publishMenu } from '../kit/routing/menu';
import { rootRoute } from '../kit/routing/rootRoute';
import { PageError } from './PageError';
import { Shell } from './Shell';

rootRoute.update({ component: Shell, errorComponent: PageError, notFoundComponent: () => <PageError /> });

export const routeTree = rootRoute.addChildren([
  ...overview.routes,
  ...explore.routes,
  ...changes.routes,
  ...dilemmasFeature.routes,
  ...why.routes,
  ...records.routes,
  ...bureaus.routes,
  ...submissions.routes,
  ...health.routes,
  ...reconciliation.routes,
  ...definitions.routes,
  ...rules.routes,
  ...audit.routes,
  ...alliances.routes,
  ...releases.routes,
  ...about.routes,
]);

publishMenu([
  overview,
  bureaus,
  submissions,
  health,
  reconciliation,
  definitions,
  rules,
  audit,
  explore,
  changes,
  dilemmasFeature,
  why,
  records,
  alliances,
  releases,
  about,
]);
