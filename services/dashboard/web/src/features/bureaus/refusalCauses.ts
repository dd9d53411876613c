import type { Batch, BatchCause } from '../send/batch';

/** A cause over several files. */
export interface CauseOverFiles {
  rule: string;
  pointer: string;
  rows: number;
  files: number;
  provinces: string[];
  records: string[];
  lastSeen: string;
  /** Values that occur most often, with their rows; hidden and absent ones are left out. */
  values: { value: string; rows: number }[];
  /** Newest cause, for its words and its repair. */
  example: BatchCause;
  exampleBatch: string;
}

const MAX_VALUES = 3;

/**
 * Adds up the causes of files by rule and field, the most frequent first. A file that was sent again counts again: the
 * rows are attempts.
 */
export function addUpCauses(batches: readonly Batch[]): CauseOverFiles[] {
  const found = new Map<string, CauseOverFiles & { byValue: Map<string, number> }>();
  for (const batch of [...batches].sort((a, b) => b.startedAt.localeCompare(a.startedAt))) {
    const seen = new Set<string>();
    for (const cause of batch.errors) {
      const key = `${cause.rule}|${cause.pointer}`;
      let sum = found.get(key);
      if (!sum) {
        sum = {
          rule: cause.rule,
          pointer: cause.pointer,
          rows: 0,
          files: 0,
          provinces: [],
          records: [],
          lastSeen: batch.startedAt,
          values: [],
          example: cause,
          exampleBatch: batch.id,
          byValue: new Map(),
        };
        found.set(key, sum);
      }
      sum.rows += cause.rows;
      sum.files += seen.has(key) ? 0 : 1;
      seen.add(key);
      addOnce(sum.provinces, batch.province);
      addOnce(sum.records, batch.record);
      if (cause.value !== null && cause.value !== '***') {
        sum.byValue.set(cause.value, (sum.byValue.get(cause.value) ?? 0) + cause.rows);
      }
    }
  }
  return [...found.values()]
    .map(({ byValue, ...sum }) => ({ ...sum, values: mostFrequent(byValue) }))
    .sort((a, b) => b.rows - a.rows || b.files - a.files || a.rule.localeCompare(b.rule));
}

function mostFrequent(byValue: ReadonlyMap<string, number>): { value: string; rows: number }[] {
  return [...byValue]
    .map(([value, rows]) => ({ value, rows }))
    .sort((a, b) => b.rows - a.rows || a.value.localeCompare(b.value))
    .slice(0, MAX_VALUES);
}

function addOnce(list: string[], item: string): void {
  if (!list.includes(item)) {
    list.push(item);
    list.sort();
  }
}
