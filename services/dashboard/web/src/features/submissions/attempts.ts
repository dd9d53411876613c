import type { FigureMovement } from '../../kit/figures/preview';

/** What the browser remembers of a tried file. The file itself and its rows are not kept. */
export interface Attempt {
  /** Identifier of the dry run's batch. */
  batch: string;
  record: string;
  fileName: string;
  fileBytes: number;
  mediaType: string;
  /** SHA-256 of the tried bytes; null until it is computed. */
  digest: string | null;
  /** Preview of the figures, shown again next to what they became; null until it is computed. */
  preview: FigureMovement[] | null;
  /** Identifier of the batch that stored the file; absent until then. */
  stored?: string;
  triedAt: string;
}

const STORAGE_KEY = 'voyage.attempts';
const MAX_ATTEMPTS = 30;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** Returns what is remembered of a dry run or of the batch that stored its file; undefined in another browser, or too long after. */
export function findAttempt(batch: string, storage: Storage = localStorage): Attempt | undefined {
  return readAttempts(storage).find((attempt) => attempt.batch === batch || attempt.stored === batch);
}

/** Remembers a dry run, or more about it. The oldest attempts are forgotten. */
export function rememberAttempt(attempt: Attempt, storage: Storage = localStorage): void {
  const others = readAttempts(storage).filter((other) => other.batch !== attempt.batch);
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify([attempt, ...others].slice(0, MAX_ATTEMPTS)));
  } catch {
    // Without storage the page still works until it is left; the file is then tried again.
  }
}

function readAttempts(storage: Storage): Attempt[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? (stored as Attempt[]) : [];
  } catch {
    return [];
  }
}

/**
 * Key under which a tried file is stored. It follows from the dry run, so a reload or another tab sends the same key,
 * and a file is never stored twice. After a batch that failed for good, the next attempt has a key of its own.
 */
export function storeKey(tried: string, mode: string, failed: string | null): string {
  return failed === null ? `store-${tried}-${mode}` : `store-${tried}-${mode}-after-${failed}`;
}
