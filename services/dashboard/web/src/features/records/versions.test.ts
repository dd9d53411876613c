import { describe, expect, it } from 'vitest';
import { changesBetween, kindOf, versionsKnown, writeFieldValue, type RecordVersion } from './versions';

function version(fields: Record<string, unknown>, more: Partial<RecordVersion> = {}): RecordVersion {
  return {
    province: '12',
    sourceId: 'LB-1',
    version: 1,
    recordedAt: '2026-11-24T10:00:00Z',
    cause: { kind: 'request', id: '1', actor: 'bureau-12' },
    withdrawn: false,
    reason: null,
    fields,
    ...more,
  };
}

describe('versionsKnown', () => {
  const first = version({}, { version: 1, recordedAt: '2026-11-01T10:00:00.000001Z' });
  const second = version({}, { version: 2, recordedAt: '2026-11-03T10:00:00.000000Z' });

  it('leaves out what was recorded after the moment', () => {
    expect(versionsKnown([first, second], '2026-11-02T00:00:00Z')).toEqual([first]);
    expect(versionsKnown([first, second], '2026-11-03T10:00:00Z')).toEqual([second, first]);
    expect(versionsKnown([first, second], '2026-10-31T00:00:00Z')).toEqual([]);
  });

  it('has all versions without a moment, the newest first', () => {
    expect(versionsKnown([first, second], undefined)).toEqual([second, first]);
  });
});

describe('changesBetween', () => {
  it('finds what was set, changed and removed, also inside lists', () => {
    const before = version({ name: 'a', majors: ['460301'], hostCity: 'b' });
    const after = version({ name: 'a', majors: ['460301', '500101'], closedOn: '2024-02-29' });
    expect(changesBetween(before, after).map((change) => change.field)).toEqual([
      'majors',
      'closedOn',
      'hostCity',
    ]);
  });

  it('takes null and absent for the same', () => {
    expect(changesBetween(version({ hostCity: null }), version({}))).toEqual([]);
  });
});

describe('kindOf', () => {
  it('keeps apart withdrawal and restoration', () => {
    const open = version({ name: 'a' });
    const gone = version({ name: 'a' }, { withdrawn: true });
    expect([kindOf(undefined, open), kindOf(open, gone), kindOf(gone, open), kindOf(open, open)]).toEqual([
      'created',
      'withdrawn',
      'restored',
      'unchanged',
    ]);
  });
});

describe('writeFieldValue', () => {
  it('writes lists of partners', () => {
    expect(writeFieldValue([{ name: 'Ayutthaya', country: 'THA' }])).toBe('Ayutthaya · THA');
  });
});
