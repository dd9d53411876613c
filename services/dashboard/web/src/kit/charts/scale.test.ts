import { describe, expect, it } from 'vitest';
import { PROVINCE_PLACES } from './provincePlaces';
import { wrapText } from './savePicture';
import { limitsOf, marksOf, stepOf } from './scale';
import { FIRST_CHARTS, groupRows } from './smallCharts';

describe('limitsOf', () => {
  it.each([0, 1, 3, 7, 8, 47, 99, 1204, 18101])('holds every value up to %d in its steps', (most) => {
    const limits = limitsOf(most);
    expect(limits.length).toBeLessThanOrEqual(7);
    expect(limits.at(-1)).toBeGreaterThanOrEqual(most);
    expect(new Set(limits).size).toBe(limits.length);
  });

  it('gives the largest value the darkest step and 0 none', () => {
    const limits = limitsOf(47);
    expect(stepOf(47, limits)).toBe(7);
    expect(stepOf(0, limits)).toBe(0);
    expect(stepOf(1, limits)).toBe(1);
  });
});

describe('marksOf', () => {
  it('ends at or above the largest value', () => {
    expect(marksOf(47)).toEqual([0, 10, 20, 30, 40, 50]);
  });
});

describe('provinces', () => {
  it('all have a small chart, next to the others', () => {
    const rows = [...Object.keys(PROVINCE_PLACES), 'others'].map((code) => ({
      key: code,
      codes: [code],
      names: [{ zh: code, en: code }],
      kind: code === 'others' ? ('others' as const) : ('value' as const),
      apart: false,
      cells: {},
    }));
    const table = { splits: ['province'], periods: [], rows, total: null, running: null };
    const drawn = groupRows(table, (row) => row.key).slice(0, FIRST_CHARTS);
    expect(drawn.map((chart) => chart.title)).toEqual(rows.map((row) => row.key));
  });

  it('has a place of its own for 34 units and the Corps', () => {
    const places = Object.values(PROVINCE_PLACES).map(String);
    expect(places).toHaveLength(35);
    expect(new Set(places).size).toBe(35);
  });
});

describe('wrapText', () => {
  it('breaks Chinese between characters and English at spaces', () => {
    const measure = (part: string) => part.length;
    expect(wrapText('台湾省资料暂缺', 4, measure)).toEqual(['台湾省资', '料暂缺']);
    expect(wrapText('known on Monday', 9, measure)).toEqual(['known on', 'Monday']);
  });
});
