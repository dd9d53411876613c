import type { components } from '../../generated/overseas';
import type { Happening } from '../../kit/live/messages';

/** An entry of an audit trail; `changed` gives keys and versions of the records by what was done to them. */
type Entry = Omit<components['schemas']['AuditEntry'], 'details'> & { details: object };

const TOGETHER_MILLISECONDS = 10_000;

/** What the audit trails say about changes of records, the newest first, without the figures that these moved. */
export function readHappenings(entries: readonly Entry[]): Happening[] {
  const happenings: Happening[] = [];
  const newestFirst = [...entries].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  for (const entry of newestFirst) {
    const changes = (entry.details as { changes?: Record<string, [string, number][]> }).changes ?? {};
    for (const [change, records] of Object.entries(changes)) {
      const keys = records.map(([key, version]) => `${key}@${version}`);
      addHappening(happenings, {
        id: `${entry.requestId}|${entry.position}|${change}`,
        time: entry.at,
        record: entry.record ?? '',
        province: entry.province ?? '',
        change,
        keys,
        count: keys.length,
        moves: [],
      });
    }
  }
  return happenings;
}

/** The parts of one file are one happening. */
function addHappening(happenings: Happening[], next: Happening): void {
  const newer = happenings.find(
    (each) =>
      each.record === next.record &&
      each.province === next.province &&
      each.change === next.change &&
      Date.parse(each.time) - Date.parse(next.time) < TOGETHER_MILLISECONDS,
  );
  if (!newer) {
    happenings.push(next);
    return;
  }
  newer.keys = [...newer.keys, ...next.keys];
  newer.count += next.count;
}

/** What the stream has brought, followed by what happened before it was opened. */
export function joinHappenings(live: readonly Happening[], recent: readonly Happening[]): Happening[] {
  const known = new Set(live.flatMap((happening) => happening.keys));
  return [...live, ...recent.filter((happening) => !happening.keys.some((key) => known.has(key)))];
}
