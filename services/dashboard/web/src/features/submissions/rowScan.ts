import type { Outcome } from './batch';

/** One row of a file, as `GET /v1/batches/{id}/rows` answers it. */
export interface FileRow {
  row: number;
  outcome: Outcome;
  line?: number;
  sourceId?: string;
  errors?: RowFinding[];
  warnings?: RowFinding[];
  changes?: FieldChange[];
}

export interface RowFinding {
  pointer: string;
  rule: string;
  detail: string;
  detailZh: string;
}

/** A field of a corrected row. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** A page of rows; `next` is the row behind which the next page begins, null at the end of the file. */
export interface RowPage {
  rows: FileRow[];
  next: number | null;
}

/**
 * Reads lines of JSON from a stream until enough of them match. The rest of the stream is not read, so a page of rows
 * costs the same memory whatever the size of the file.
 *
 * @param matches whether a row belongs to the page
 * @param most maximum number of rows of the page
 */
export async function scanRows(
  stream: ReadableStream<Uint8Array>,
  matches: (row: FileRow) => boolean,
  most: number,
): Promise<RowPage> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const rows: FileRow[] = [];
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        if (line === '') {
          continue;
        }
        const row = JSON.parse(line) as FileRow;
        if (matches(row)) {
          if (rows.length === most) {
            return { rows, next: rows[rows.length - 1]!.row };
          }
          rows.push(row);
        }
      }
      if (done) {
        return { rows, next: null };
      }
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
