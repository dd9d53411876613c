import { describe, expect, it } from 'vitest';
import { describeFilter, readCodes, toDraft, toFilter } from './filter';

describe('filters of grants and subscriptions', () => {
  it('reads codes at Chinese and English commas, each once', () => {
    expect(readCodes(' THA，LAO、THA, VNM ')).toEqual(['THA', 'LAO', 'VNM']);
  });

  it('leaves out what is not stated, so that an empty field opens nothing and closes nothing', () => {
    expect(toFilter(toDraft(undefined))).toEqual({});
    expect(toFilter({ ...toDraft(undefined), lists: ' ', members: false })).toEqual({});
  });

  it('comes back as it was', () => {
    const filter = { records: ['standard'], lists: ['belt-and-road', 'asean'], members: true };
    expect(toFilter(toDraft(filter))).toEqual(filter);
  });

  it('is described by its conditions', () => {
    const names = {
      records: 'R',
      countries: 'C',
      lists: 'L',
      regions: 'G',
      provinces: 'P',
      brands: 'B',
      colleges: 'S',
      members: 'M',
    };
    expect(describeFilter({ lists: ['asean'], members: true }, names)).toEqual(['L: asean', 'M']);
    const nameOf = (field: string, code: string) => (field === 'lists' ? code.toUpperCase() : code);
    expect(describeFilter({ records: ['standard'], lists: ['asean'] }, names, nameOf)).toEqual([
      'R: standard',
      'L: ASEAN',
    ]);
  });
});
