/** Outcome of a file, as the record services answer it (`Batch` in their OpenAPI documents). */
export interface Batch {
  id: string;
  province: string;
  record: string;
  format: string;
  mode: string;
  dryRun: boolean;
  actor: string;
  state: 'receiving' | 'running' | 'done' | 'failed' | 'interrupted';
  failure: string | null;
  bytes: number | null;
  bytesRead: number;
  counts: BatchCounts;
  /** Number of refused rows that can be downloaded; the first ones of the file, and none after two weeks. */
  refusedRowsKept: number;
  receipt: string | null;
  requestId: string;
  startedAt: string;
  finishedAt: string | null;
  /** Name that the sender gave the file; null if there is none or it may name a person. */
  fileName: string | null;
  /** How each column of a table was read; empty in lists of batches. */
  columns: FileColumn[];
  errors: BatchCause[];
  warnings: BatchCause[];
}

export interface FileColumn {
  number: number;
  /** Null if it may name a person. */
  heading: string | null;
  field: string | null;
  reading: 'own' | 'other-name' | 'mapped' | 'ignored' | 'unknown';
  suggestedField: string | null;
}

export interface BatchCounts {
  rows: number;
  created: number;
  corrected: number;
  unchanged: number;
  withdrawn: number;
  parked: number;
  refused: number;
  warned: number;
}

export interface BatchCause {
  rule: string;
  pointer: string;
  value: string | null;
  rows: number;
  firstRow: number;
  firstLine: number | null;
  sourceId: string | null;
  detail: string;
  detailZh: string;
  repair: string;
  repairZh: string;
}

/** Outcomes of rows, in the order of the page. */
export const OUTCOMES = ['created', 'corrected', 'unchanged', 'withdrawn', 'parked', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Most changed records of which a preview is computed. */
export const MAX_PREVIEWED_CHANGES = 20_000;

/** Number of causes after which the services show no further ones. */
export const MAX_CAUSES = 100;

export function isEnded(batch: Batch): boolean {
  return batch.state === 'done' || batch.state === 'failed' || batch.state === 'interrupted';
}

/** Rules about the columns of a table, which the page lets the clerk map. */
const COLUMN_RULES = ['column-unknown', 'column-missing', 'column-twice'];

/** Whether a file was refused for its columns, so that mapping them helps. */
export function isRefusedForColumns(batch: Batch): boolean {
  return (
    batch.state === 'failed' &&
    batch.columns.length > 0 &&
    batch.errors.some((cause) => COLUMN_RULES.includes(cause.rule)) &&
    batch.errors.every((cause) => cause.rule !== 'other-record')
  );
}

/** Causes about the file as a whole: nothing of it was read as rows. */
export function wholeFileCauses(batch: Batch): BatchCause[] {
  return batch.errors.filter((cause) => cause.rows === 0);
}

export function rowCauses(batch: Batch): BatchCause[] {
  return batch.errors.filter((cause) => cause.rows > 0);
}

/** Records that would change in the figures: parked, refused and unchanged rows do not. */
export function changedRows(counts: BatchCounts): number {
  return counts.created + counts.corrected + counts.withdrawn;
}

/** Share of the file that was processed, from 0 to 1; null while it is not known. */
export function processedShare(batch: Batch): number | null {
  if (batch.state === 'done') {
    return 1;
  }
  return batch.bytes ? Math.min(1, batch.bytesRead / batch.bytes) : null;
}

/** What the store step allows after a dry run. */
export type StoreChoice = 'nothing-to-store' | 'rows-only' | 'rows-or-all' | 'not-possible';

/**
 * Decides which ways of storing are of use: without refused rows both are the same; with refused rows the mode `all`
 * would store nothing.
 */
export function storeChoice(tried: Batch): StoreChoice {
  if (tried.state !== 'done') {
    return 'not-possible';
  }
  const stored = changedRows(tried.counts) + tried.counts.parked;
  if (stored === 0) {
    return 'nothing-to-store';
  }
  return tried.counts.refused > 0 ? 'rows-only' : 'rows-or-all';
}
