import { describe, expect, it } from 'vitest';
import { findDependents, findFigures, readCode, readSplits, writeSplits } from './selection';

const text = (zh: string, en: string) => ({ zh, en });
const SCHOOLS = {
  code: 'overseas-schools',
  name: text('境外办学机构', 'Schools abroad'),
  unit: text('个', 'schools'),
  derivation: text('', ''),
};
const SHARE = { ...SCHOOLS, code: 'overseas-schools-share', derived: { of: ['overseas-schools'] } };

describe('selection of definitions', () => {
  it('finds by words of either language and by kind', () => {
    expect(findFigures([SCHOOLS, SHARE], '境外 ABROAD', undefined)).toHaveLength(2);
    expect(findFigures([SCHOOLS, SHARE], undefined, 'derived')).toEqual([SHARE]);
    expect(findFigures([SCHOOLS, SHARE], undefined, 'counted')).toEqual([SCHOOLS]);
  });

  it('knows the figures that are derived from one', () => {
    expect(findDependents([SCHOOLS, SHARE], 'overseas-schools')).toEqual([SHARE]);
    expect(findDependents([SCHOOLS, SHARE], 'overseas')).toEqual([]);
  });

  it('reads the code of a definition, not one of its parts', () => {
    expect(readCode('# a figure\ncode: overseas-schools\nversion: 2\n')).toBe('overseas-schools');
    expect(readCode('name:\n  code: x\n')).toBeUndefined();
  });
});

describe('splits of a rehearsal', () => {
  it('come back from the address as they were chosen', () => {
    for (const splits of [['year'], [], ['province'], ['year', 'province']]) {
      expect(readSplits(writeSplits(splits))).toEqual(splits);
    }
    expect(writeSplits(['year'])).toBeUndefined();
  });
});
