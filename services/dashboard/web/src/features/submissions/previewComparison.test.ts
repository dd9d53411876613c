import { describe, expect, it } from 'vitest';
import { compareWithPreview, listMovements, listPlaceChanges, type FigurePreview } from './previewComparison';

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

describe('compareWithPreview', () => {
  const preview = listMovements({
    position: { time: '' },
    items: [
      figure('students', [['2025', 100, 120]]),
      figure('schools', [['2025', 5, 6]]),
      figure('share', [['2025', 1, 12.3]]),
      figure('growth', [['2020..2025', 1, 2]]),
    ],
  });
  const checks = compareWithPreview(
    preview,
    new Map([
      ['students|2025', 120],
      ['schools|2025', 8],
      ['share|2025', 12.6],
    ]),
  );
  const of = (code: string) => checks.find((check) => check.code === code)!;

  it('confirms a value that came as previewed', () => {
    expect(of('students')).toMatchObject({
      verdict: 'as-previewed',
      deviation: 0,
      now: 120,
    });
  });

  it('shows by how much another value is different, without binary noise', () => {
    expect(of('schools')).toMatchObject({ verdict: 'different', deviation: 2 });
    expect(of('share').deviation).toBe(0.3);
  });

  it('does not claim anything about a value that was not answered', () => {
    expect(of('growth')).toMatchObject({
      verdict: 'not-comparable',
      now: undefined,
    });
  });
});
