import { describe, expect, it } from 'vitest';
import type { Batch, BatchCause } from '../send/batch';
import { addUpCauses } from './refusalCauses';

function cause(rule: string, value: string | null, rows: number): BatchCause {
  return {
    rule,
    pointer: '/major',
    value,
    rows,
    firstRow: 1,
    firstLine: 2,
    sourceId: null,
    detail: `${rule} ${value}`,
    detailZh: '',
    repair: '',
    repairZh: '',
  };
}

function batch(id: string, province: string, startedAt: string, errors: BatchCause[]): Batch {
  return {
    id,
    province,
    record: 'overseas-headcount',
    startedAt,
    errors,
  } as Batch;
}

describe('addUpCauses', () => {
  const sums = addUpCauses([
    batch('old', '32', '2026-11-01T00:00:00Z', [
      cause('major-form', '46030', 9),
      cause('major-form', '4603', 1),
    ]),
    batch('new', '12', '2026-11-20T00:00:00Z', [cause('major-form', '46030', 2), cause('required', null, 3)]),
  ]);

  it('adds rows over values and files, and counts each file once', () => {
    expect(sums.map((sum) => [sum.rule, sum.rows, sum.files])).toEqual([
      ['major-form', 12, 2],
      ['required', 3, 1],
    ]);
    expect(sums[0]!.provinces).toEqual(['12', '32']);
  });

  it('shows the newest occurrence and the most frequent values', () => {
    expect(sums[0]).toMatchObject({
      lastSeen: '2026-11-20T00:00:00Z',
      exampleBatch: 'new',
    });
    expect(sums[0]!.values).toEqual([
      { value: '46030', rows: 11 },
      { value: '4603', rows: 1 },
    ]);
    expect(sums[1]!.values).toEqual([]);
  });
});
