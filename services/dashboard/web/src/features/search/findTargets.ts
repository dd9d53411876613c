/** Something that a search can lead to. */
export interface Target {
  id: string;
  kind: 'page' | 'figure' | 'place' | 'record';
  name: string;
  /** Other words by which it is found. */
  also: string;
  path: string;
  search?: Record<string, string>;
}

const SHOWN_TARGETS = 30;

/**
 * The targets whose names contain every word of the text, those that begin with it first. Upper and lower case are the
 * same.
 */
export function findTargets(targets: readonly Target[], text: string): Target[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return targets.filter((target) => target.kind === 'page').slice(0, SHOWN_TARGETS);
  const haystack = (target: Target) => `${target.name} ${target.also}`.toLowerCase();
  const rank = (target: Target) => (target.name.toLowerCase().startsWith(words[0]!) ? 0 : 1);
  return targets
    .filter((target) => words.every((word) => haystack(target).includes(word)))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, SHOWN_TARGETS);
}

/** The key of a record in the text, such as 12/LB-1; undefined where there is none. */
export function readRecordKey(text: string): { province: string; sourceId: string } | undefined {
  const found = /^(\d{2})\/(\S+)$/.exec(text.trim());
  return found ? { province: found[1]!, sourceId: found[2]! } : undefined;
}
