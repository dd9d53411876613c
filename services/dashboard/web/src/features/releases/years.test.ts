import { describe, expect, it } from 'vitest';
import { groupYears } from './years';

describe('years of a release', () => {
  it('are runs of each figure, whatever their order', () => {
    const years = [2021, 2016, 2015, 2017, 2016].map((year) => ({ indicator: 'foreign-teachers', year }));
    expect(groupYears([...years, { indicator: 'inbound-students', year: 2020 }])).toEqual([
      { indicator: 'foreign-teachers', runs: '2015–2017, 2021' },
      { indicator: 'inbound-students', runs: '2020' },
    ]);
  });
});
