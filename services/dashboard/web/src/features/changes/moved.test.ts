import { describe, expect, it } from 'vitest';
import { listMovedPlaces, listMovedYears } from './moved';

const name = { zh: 'a', en: 'a' };
const rank = { period: '2026', dimension: 'hostCountry', before: 1, after: 2 };
const figure = {
  indicator: { code: 'a', version: 1, name, unit: { code: 'a', ...name } },
  years: [
    { period: '2024', before: 1, after: 1, difference: 0 },
    { period: '2025', before: 1, after: 2, difference: 1 },
    { period: '2026', before: null, beforeStatus: 'not-reported', after: 3, difference: 3 },
  ],
  ranks: [
    { ...rank, code: 'LAO', rankBefore: 4, rankAfter: 4 },
    { ...rank, code: 'THA', rankBefore: 2, rankAfter: 1 },
  ],
  moreRanks: 0,
};

describe('listMovedYears', () => {
  it('leaves out years that stand, and keeps those that began', () => {
    const years = listMovedYears([figure]);
    expect(years.map((year) => [year.period, year.isUnknownBefore])).toEqual([
      ['2026', true],
      ['2025', false],
    ]);
  });
});

describe('listMovedPlaces', () => {
  it('shows who changed places first', () => {
    expect(listMovedPlaces([figure], 10).map((each) => each.place.code)).toEqual(['THA', 'LAO']);
  });
});
