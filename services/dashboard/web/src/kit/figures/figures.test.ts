import { describe, expect, it } from 'vitest';
import type { Answer, Line } from './answer';
import { addVanished, compare } from './comparison';
import { findInPeriod, findOverYears } from './finding';
import { writeFinding } from './findingWords';
import { growFrom } from './growth';
import { addressOfValues } from './question';
import { keepTop, orderRows, rank, shareOfTop } from './ranking';
import { headlinePeriod, newestWithValues, tabulate, valueAt } from './table';

const THAILAND = { zh: '泰国', en: 'Thailand' };

function answer(by: string[], items: Line[], more: Partial<Answer> = {}): Answer {
  return {
    indicator: {
      code: 'overseas-schools',
      version: 1,
      name: { zh: '境外办学机构数', en: 'Overseas schools' },
      unit: { code: 'schools', zh: '个', en: 'schools' },
    },
    by,
    filters: {},
    period: '2023..2026',
    position: { time: '2026-11-24T10:00:00Z' },
    items,
    headline: { period: '2026' },
    labels: { hostCountry: { THA: THAILAND, HKG: { zh: '中国香港', en: 'Hong Kong, China' } } },
    ...more,
  };
}

const countries = tabulate(
  answer(
    ['year', 'hostCountry'],
    [
      { year: 2025, hostCountry: 'THA', value: 6 },
      { year: 2025, hostCountry: 'LAO', value: 3 },
      { year: 2025, hostCountry: 'HKG', value: 9 },
      { year: 2026, hostCountry: 'THA', value: 7 },
      { year: 2026, hostCountry: 'LAO', value: 7 },
      { year: 2026, hostCountry: 'KEN', value: 2 },
      { year: 2026, hostCountry: 'HKG', value: 4 },
    ],
  ),
);

describe('tabulate', () => {
  it('knows the year that goes on, in Beijing', () => {
    const newYear = answer(
      ['year'],
      [
        { year: 2026, value: 1 },
        { year: 2027, value: 1 },
      ],
      {
        position: { time: '2026-12-31T16:00:00Z' },
      },
    );
    expect(tabulate(newYear).running).toBe('2027');
  });

  it('distinguishes a year without reports from a year of 0', () => {
    const table = tabulate(
      answer(
        ['year'],
        [
          { year: 2025, value: 0 },
          { year: 2026, value: null, status: 'not-reported', lastReported: 2025 },
        ],
      ),
    );
    expect(newestWithValues(table)).toBe('2025');
    expect(table.rows[0]?.cells['2026']).toEqual({ value: null, status: 'not-reported', lastReported: 2025 });
  });
});

describe('headlinePeriod', () => {
  const table = tabulate(
    answer(
      ['year'],
      [
        { year: 2023, value: 9 },
        { year: 2024, value: null },
        { year: 2025, value: 1 },
      ],
    ),
  );

  it('is the headline of the figure, or the last year before it with a value', () => {
    expect(headlinePeriod(table, { period: '2025' })).toBe('2025');
    expect(headlinePeriod(table, { period: '2024' })).toBe('2023');
  });

  it('is the newest year with a value where no province has reported, or the picture begins later', () => {
    expect(headlinePeriod(table, { period: null })).toBe('2025');
    expect(headlinePeriod(table, { period: '2020' })).toBe('2025');
  });
});

describe('rank', () => {
  it('never ranks Hong Kong, Macao and Taiwan of China among countries', () => {
    expect(rank(countries, '2025').map((each) => each.row.key)).toEqual(['THA', 'LAO']);
  });

  it('gives equal values one place', () => {
    expect(rank(countries, '2026').map((each) => [each.row.key, each.place])).toEqual([
      ['LAO', 1],
      ['THA', 1],
      ['KEN', 3],
    ]);
  });

  it('puts the rest together as others only where the figure adds up', () => {
    const kept = keepTop(countries, 1, '2025', true);
    expect(kept.rows.map((row) => row.key)).toEqual(['THA', 'others', 'HKG']);
    const others = kept.rows[1];
    expect(others && valueAt(others, '2026')).toBe(9);
    expect(keepTop(countries, 1, '2025', false).rows.map((row) => row.key)).toEqual(['THA', 'HKG']);
  });

  it('orders rows by value with Hong Kong, Macao and Taiwan of China last', () => {
    expect(orderRows(countries, '2025').rows.map((row) => row.key)).toEqual(['THA', 'LAO', 'KEN', 'HKG']);
  });

  it('takes the share of the largest from the whole', () => {
    expect(shareOfTop(countries, 1, '2025')).toBe(33.33);
  });
});

describe('growFrom', () => {
  it('has no growth from 0, from a gap, and of a flow to the year that goes on', () => {
    const table = tabulate(
      answer(
        ['year'],
        [
          { year: 2023, value: 0 },
          { year: 2024, value: 4 },
          { year: 2025, value: 5 },
          { year: 2026, value: 1 },
        ],
      ),
    );
    const grown = growFrom(table, 'percent', true).rows[0];
    expect(['2023', '2024', '2025', '2026'].map((year) => grown && valueAt(grown, year))).toEqual([
      null,
      null,
      25,
      null,
    ]);
    const stock = growFrom(table, 'percent', false).rows[0];
    expect(stock && valueAt(stock, '2026')).toBe(-80);
  });
});

describe('compare', () => {
  const then = tabulate(
    answer(
      ['year', 'hostCountry'],
      [
        { year: 2026, hostCountry: 'THA', value: 6 },
        { year: 2026, hostCountry: 'VNM', value: 1 },
      ],
    ),
  );

  it('counts what is not there as 0 and shows what vanished', () => {
    const differences = compare(countries, then, '2026');
    expect(differences.get('THA')?.amount).toBe(1);
    expect(differences.get('KEN')).toEqual({ before: null, after: 2, amount: 2 });
    expect(differences.get('VNM')?.amount).toBe(-1);
    expect(addVanished(countries, then).rows.map((row) => row.key)).toContain('VNM');
  });
});

describe('findings', () => {
  const wording = {
    figure: '境外办学机构数',
    value: (value: number) => `${value} 个`,
    difference: (value: number) => `+${value} 个`,
    period: (period: string) => `${period} 年`,
    share: (share: number) => `${share} %`,
  };

  const years = (items: Record<number, number | null>) =>
    tabulate(
      answer(
        ['year'],
        Object.entries(items).map(([year, value]) => ({ year: Number(year), value })),
      ),
    );

  it('compares the last whole year up to the headline with the first year of the picture', () => {
    const finding = findOverYears(years({ 2023: 3, 2024: 4, 2025: 5, 2026: 9 }), '2026');
    expect(finding).toEqual({ kind: 'moved', from: '2023', to: '2025', before: 3, after: 5, change: 66.7 });
    expect(writeFinding(finding, wording, 'zh')).toBe('境外办学机构数：2023 年至 2025 年由 3 个增至 5 个');
    expect(findOverYears(years({ 2023: 3, 2024: 4, 2025: 1 }), '2024')).toMatchObject({ to: '2024' });
  });

  it('compares with no year that the picture does not begin with', () => {
    expect(findOverYears(years({ 2023: null, 2024: 4, 2025: 5 }), '2025')).toEqual({
      kind: 'value',
      period: '2025',
      value: 5,
    });
    expect(findOverYears(years({ 2026: 9 }), '2026')).toEqual({ kind: 'value', period: '2026', value: 9 });
  });

  it('names the part that moved most since the first year of the picture', () => {
    expect(findOverYears(countries, '2025')).toMatchObject({ kind: 'leader', period: '2025' });
    const later = answer(
      ['year', 'hostCountry'],
      [
        { year: 2023, hostCountry: 'THA', value: 1 },
        { year: 2023, hostCountry: 'LAO', value: 5 },
        { year: 2025, hostCountry: 'THA', value: 4 },
        { year: 2025, hostCountry: 'LAO', value: 6 },
      ],
    );
    expect(findOverYears(tabulate(later), '2025')).toMatchObject({
      kind: 'fastest',
      from: '2023',
      to: '2025',
      amount: 3,
    });
  });

  it('returns not-reported instead of 0', () => {
    const table = tabulate(
      answer(['year'], [{ year: 2026, value: null, status: 'not-reported', lastReported: 2024 }]),
    );
    expect(findInPeriod(table, '2026')).toEqual({ kind: 'not-reported', period: '2026', lastReported: 2024 });
  });

  it('names the leader of one period', () => {
    expect(findInPeriod(countries, '2025')).toMatchObject({ kind: 'leader', value: 6, share: 33.33 });
  });
});

describe('addressOfValues', () => {
  it('is the same however the filters were chosen', () => {
    const question = { code: 'overseas-schools', by: ['year', 'brand'], lists: ['belt-and-road@then'] };
    const one = addressOfValues({ ...question, filters: { region: ['asia'], brand: [] } });
    expect(one).toBe(
      '/api/indicators/v1/indicators/overseas-schools/values?by=year%2Cbrand&region=asia&list=belt-and-road%40then',
    );
  });
});
