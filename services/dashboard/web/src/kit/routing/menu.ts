import type { Feature, MenuEntry } from './features';

let entries: readonly MenuEntry[] = [];

/** Makes the entries of all features known; the shell, which features depend on, cannot import them. */
export function publishMenu(features: readonly Feature<readonly never[] | readonly any[]>[]): void {
  entries = features.flatMap((feature) => feature.menu);
}

export function menuEntries(): readonly MenuEntry[] {
  return entries;
}
