import { expect, test } from 'vitest';
import { PROVINCE_PLACES } from '../../kit/charts/provincePlaces';
import { tabulateProvinces } from './provinceTable';

test('the grid has 34 cells and the Corps, and none lies on another', () => {
  const places = Object.values(PROVINCE_PLACES).map((place) => place.join());
  expect(places).toHaveLength(35);
  expect(new Set(places).size).toBe(35);
});

test('a live value of the shown period replaces that of the answer, and no value is none', () => {
  const live = (province: string) =>
    province === '12'
      ? ({ change: { period: '2026-11-28', value: 48 }, movedAt: 1 } as never)
      : province === '32'
        ? ({ change: { period: '2025', value: 9 }, movedAt: 1 } as never)
        : undefined;
  const table = tabulateProvinces(
    new Map([
      ['12', 47],
      ['32', 5],
    ]),
    '2026',
    live,
    ['11', '12'],
  );
  expect(table.rows.map((row) => [row.key, row.cells['2026']?.value])).toEqual([
    ['12', 48],
    ['32', 5],
  ]);
});
