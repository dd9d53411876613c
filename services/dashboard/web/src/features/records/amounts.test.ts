import { expect, test } from 'vitest';
import type { FigurePreview } from '../../kit/figures/preview';
import { listAmounts } from './amounts';

function figure(
  code: string,
  years: [string, number | null, number | null][],
  counted = true,
): FigurePreview {
  return {
    indicator: { code, name: { zh: code, en: code }, unit: { code: 'x', zh: '个', en: 'x' }, version: 1 },
    years: years.map(([period, before, after]) => ({ period, before, after, difference: null })),
    ranks: [],
    moreRanks: 0,
    ...(counted ? { dimensions: ['province'] } : {}),
  };
}

test('years with the same amount are one span, and a year without an amount ends it', () => {
  const [schools] = listAmounts({
    position: { time: '' },
    items: [
      figure('schools', [
        ['2019', 8, 7],
        ['2021', 9, 8],
        ['2022', 9, 8],
        ['2023', 9, 6],
      ]),
    ],
  });
  expect(schools!.spans).toEqual([
    { from: '2023', until: '2023', amount: 3 },
    { from: '2021', until: '2022', amount: 1 },
    { from: '2019', until: '2019', amount: 1 },
  ]);
});

test('a value that goes with the record is its whole amount; shares and figures that do not move are left out', () => {
  const amounts = listAmounts({
    position: { time: '' },
    items: [
      figure('students', [['2023', 111, null]]),
      figure('majors', [['2024', 5, 5]]),
      figure('share', [['2024', 5, 4]], false),
      figure('schools', [['2026', 2, 1]]),
    ],
  });
  expect(amounts.map((each) => `${each.code} ${each.spans[0]!.amount}`)).toEqual([
    'schools 1',
    'students 111',
  ]);
});
