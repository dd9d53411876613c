import { describe, expect, it } from 'vitest';
import { processedShare, storeChoice, type Batch } from './batch';

function batch(part: Partial<Batch>, counts: Partial<Batch['counts']> = {}): Batch {
  return {
    id: 'b',
    province: '32',
    record: 'overseas-headcount',
    format: 'csv',
    mode: 'rows',
    dryRun: true,
    actor: 'bureau-32',
    state: 'done',
    failure: null,
    bytes: 100,
    bytesRead: 100,
    refusedRowsKept: counts.refused ?? 0,
    counts: {
      rows: 0,
      created: 0,
      corrected: 0,
      unchanged: 0,
      withdrawn: 0,
      parked: 0,
      refused: 0,
      warned: 0,
      ...counts,
    },
    receipt: null,
    requestId: 'r',
    startedAt: '2026-11-28T09:00:00Z',
    finishedAt: null,
    fileName: null,
    columns: [],
    errors: [],
    warnings: [],
    ...part,
  };
}

describe('storeChoice', () => {
  it('offers what would store something', () => {
    expect(storeChoice(batch({}, { rows: 3, created: 3 }))).toBe('rows-or-all');
    expect(storeChoice(batch({}, { rows: 3, created: 2, refused: 1 }))).toBe('rows-only');
    expect(storeChoice(batch({}, { rows: 3, unchanged: 3 }))).toBe('nothing-to-store');
    expect(storeChoice(batch({}, { rows: 3, refused: 3 }))).toBe('nothing-to-store');
    expect(storeChoice(batch({}, { rows: 1, parked: 1 }))).toBe('rows-or-all');
    expect(storeChoice(batch({ state: 'failed' }, { rows: 3, created: 3 }))).toBe('not-possible');
  });
});

describe('processedShare', () => {
  it('never exceeds the whole, though the bytes of a spreadsheet are an estimate', () => {
    expect(processedShare(batch({ state: 'running', bytes: 100, bytesRead: 130 }))).toBe(1);
    expect(processedShare(batch({ state: 'receiving', bytes: null, bytesRead: 0 }))).toBeNull();
  });
});
