import { describe, expect, it } from 'vitest';
import { listMovements, listPlaceChanges, type FigurePreview } from './preview';

function figure(code: string, years: [string, number | null, number | null][]): FigurePreview {
  return {
    indicator: {
      code,
      name: { zh: code, en: code },
      unit: { code: 'x', zh: '人', en: 'persons' },
      version: 1,
    },
    years: years.map(([period, before, after]) => ({
      period,
      before,
      after,
      difference: before === null || after === null ? null : after - before,
    })),
    ranks: [],
    moreRanks: 0,
  };
}

describe('listMovements', () => {
  it('begins with the newest year, in it with counted figures, and of these with the one that moves most', () => {
    const answer = {
      position: { time: '' },
      items: [
        figure('index', [['2025', 100, 500]]),
        { ...figure('small', [['2025', 1, 2]]), dimensions: [] },
        {
          ...figure('large', [
            ['2024', 10, 60],
            ['2025', 10, 30],
          ]),
          dimensions: ['province'],
        },
      ],
    };
    expect(listMovements(answer).map((m) => `${m.code} ${m.period}`)).toEqual([
      'large 2025',
      'small 2025',
      'index 2025',
      'large 2024',
    ]);
  });

  it('counts a value that appears or goes as its whole size', () => {
    const answer = {
      position: { time: '' },
      items: [figure('a', [['2025', 3, 5]]), figure('b', [['2025', null, 40]])],
    };
    expect(listMovements(answer).map((m) => m.code)).toEqual(['b', 'a']);
  });
});

describe('listPlaceChanges', () => {
  it('keeps only places that change, of the wanted dimensions, the best place first', () => {
    const rank = (dimension: string, code: string, rankBefore: number | null, rankAfter: number | null) => ({
      period: '2025',
      dimension,
      code,
      before: 1,
      after: 2,
      rankBefore,
      rankAfter,
    });
    const item = {
      ...figure('a', []),
      ranks: [
        rank('hostCountry', 'LAO', null, 9),
        rank('hostCountry', 'THA', 2, 2),
        rank('hostCountry', 'MYS', 5, 4),
        rank('brand', 'x', 1, 2),
      ],
    };
    expect(listPlaceChanges(item, ['province', 'hostCountry']).map((r) => r.code)).toEqual(['MYS', 'LAO']);
  });
});
