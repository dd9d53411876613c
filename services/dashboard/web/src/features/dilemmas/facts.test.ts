import { describe, expect, it } from 'vitest';
import type { Answer, Line } from '../../kit/figures/answer';
import { combine, factBefore, newestFact, shareOfCodes } from './facts';

function answer(code: string, items: Line[], more: Partial<Answer> = {}): Answer {
  const text = { zh: code, en: code };
  return {
    indicator: { code, version: 1, name: text, unit: { code: 'percent', ...text } },
    by: ['year'],
    filters: {},
    period: '2023..2026',
    position: { time: '2026-11-24T10:00:00Z' },
    items,
    headline: { period: '2026' },
    labels: {},
    ...more,
  };
}

const rate = answer('rate', [
  { year: 2023, value: 31.5 },
  { year: 2025, value: 30.1 },
  { year: 2026, value: 41.7 },
]);

describe('newestFact', () => {
  it('does not judge what happens in a year by a year that goes on', () => {
    expect(newestFact(rate, true)).toMatchObject({ year: '2025', value: 30.1 });
    expect(newestFact(rate, false)).toMatchObject({ year: '2026', value: 41.7 });
    expect(newestFact(answer('rate', [{ year: 2025, value: null }]), true)).toBeNull();
  });

  it('passes over years that few provinces have reported about', () => {
    const early = { ...rate, headline: { period: '2024' } };
    expect(newestFact(early, false)).toMatchObject({ year: '2023', value: 31.5 });
  });

  it('is compared with a year that has a value', () => {
    expect(factBefore(rate, newestFact(rate, true), 2)).toMatchObject({ year: '2023', value: 31.5 });
    expect(factBefore(rate, newestFact(rate, true), 1)).toBeNull();
  });
});

describe('shareOfCodes', () => {
  const partners = answer(
    'partners',
    [
      { region: 'europe', value: 50 },
      { region: 'asia', value: 30 },
      { region: 'oceania', value: 20 },
    ],
    { by: ['region'], totals: [{ value: 200 }] },
  );

  it('is of the whole that the answer has', () => {
    expect(shareOfCodes(partners, 'region', ['europe', 'oceania'])).toBe(35);
    expect(shareOfCodes({ ...partners, items: [], totals: [] }, 'region', ['europe'])).toBeNull();
  });
});

describe('combine', () => {
  it('puts figures of other years below each other', () => {
    const table = combine([rate, undefined, answer('other', [{ year: 2022, value: 1 }])]);
    expect(table?.periods).toEqual(['2022', '2023', '2025', '2026']);
    expect(table?.rows.map((row) => row.names[0]?.zh)).toEqual(['rate', 'other']);
  });
});
