import type { AnyRoute } from '@tanstack/react-router';
import type { Named } from '../language';
import type { Role } from '../session';

/** An entry of the menu; `order` decides its place, `roles` who sees it. */
export interface MenuEntry {
  path: string;
  name: Named;
  order: number;
  roles: readonly Role[];
}

/** Pages that belong together: their routes and their entries in the menu. */
export interface Feature<Routes extends readonly AnyRoute[]> {
  routes: Routes;
  menu: readonly MenuEntry[];
}

export function defineFeature<const Routes extends readonly AnyRoute[]>(
  feature: Feature<Routes>,
): Feature<Routes> {
  return feature;
}

/** Entries that a role sees, in their order. */
export function selectEntries(entries: readonly MenuEntry[], role: Role): MenuEntry[] {
  return entries.filter((entry) => entry.roles.includes(role)).sort((one, other) => one.order - other.order);
}
