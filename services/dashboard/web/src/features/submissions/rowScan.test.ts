import { describe, expect, it } from 'vitest';
import { scanRows } from './rowScan';

/** Stream of the lines, cut into pieces of the given number of bytes. */
function streamOf(lines: object[], pieceBytes: number, onCancel?: () => void): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(lines.map((line) => JSON.stringify(line) + '\n').join(''));
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.subarray(at, at + pieceBytes));
      at += pieceBytes;
    },
    cancel: onCancel,
  });
}

const ROWS = Array.from({ length: 50 }, (_, i) => ({
  row: i + 1,
  outcome: i % 10 === 3 ? 'refused' : 'created',
  sourceId: `记录-${i + 1}`,
}));

describe('scanRows', () => {
  it.each([1, 2, 7, 10_000])('finds the matching rows, cut every %i bytes', async (piece) => {
    const page = await scanRows(streamOf(ROWS, piece), (row) => row.outcome === 'refused', 100);
    expect(page.rows.map((row) => row.row)).toEqual([4, 14, 24, 34, 44]);
    expect(page.rows[0]!.sourceId).toBe('记录-4');
    expect(page.next).toBeNull();
  });

  it('names the row behind which the next page begins, and stops reading', async () => {
    let stopped = false;
    const page = await scanRows(
      streamOf(ROWS, 40, () => (stopped = true)),
      (row) => row.outcome === 'refused',
      2,
    );
    expect(page.rows.map((row) => row.row)).toEqual([4, 14]);
    expect(page.next).toBe(14);
    expect(stopped).toBe(true);
  });

  it('has no next page when the last match fills it', async () => {
    const page = await scanRows(streamOf(ROWS, 500), (row) => row.outcome === 'refused', 5);
    expect(page.rows).toHaveLength(5);
    expect(page.next).toBeNull();
  });
});
