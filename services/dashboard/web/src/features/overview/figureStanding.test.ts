import { expect, test } from 'vitest';
import type { LiveValue } from '../../kit/live/liveStore';
import { computeStanding, incompleteProvinces, shareOf } from './figureStanding';

type Answer = Parameters<typeof computeStanding>[0];

const ASKED_AT = '2026-11-28T01:00:00Z';

type Headline = Answer['headline'];

const WHOLE_2025: Headline = { period: '2025', provinces: 32, expectedProvinces: 32 };

/** One province of 32 has reported about 2026. */
const EARLY_2026: Headline = {
  ...WHOLE_2025,
  newer: [{ period: '2026', provinces: 1, expectedProvinces: 32 }],
};

const OF_2026: Headline = { period: '2026', provinces: 32, expectedProvinces: 32 };

function answer(values: Record<number, number | null>, headline: Headline): Answer {
  const items = Object.entries(values).map(([year, value]) => ({ year: Number(year), value }));
  return { items, coverage: [], headline } as unknown as Answer;
}

function live(period: string, value: number | null, time: string, headline?: Headline): LiveValue {
  const position = { time, topics: {} };
  return { change: { period, value, position, headline }, movedAt: 5 } as unknown as LiveValue;
}

test('the first province that reports the running year leaves the tile at the year of all', () => {
  const standing = computeStanding(
    answer({ 2024: 31_000, 2025: 33_663, 2026: 1_600 }, EARLY_2026),
    true,
    2026,
    ASKED_AT,
  );
  expect(standing).toMatchObject({
    year: 2025,
    value: 33_663,
    change: 2_663,
    running: false,
    notReportedYear: null,
    reports: { provinces: 32, expectedProvinces: 32 },
    newer: [{ year: 2026, running: true, provinces: 1, expectedProvinces: 32, value: 1_600 }],
  });
  expect(standing.trend.map((point) => point.at)).toEqual([2024, 2025]);
});

test('a year without reports shows the last reported one, never 0', () => {
  const none = { ...WHOLE_2025, newer: [{ period: '2026', provinces: 0, expectedProvinces: 32 }] };
  const standing = computeStanding(answer({ 2024: 40, 2025: 51, 2026: null }, none), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({
    year: 2025,
    value: 51,
    notReportedYear: 2026,
    change: 11,
    running: false,
    newer: [],
  });
});

test('a running year with a value is partial, not unreported, although no province has submitted it', () => {
  const none = { ...WHOLE_2025, newer: [{ period: '2026', provinces: 0, expectedProvinces: 32 }] };
  const standing = computeStanding(answer({ 2025: 900, 2026: 4 }, none), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({
    year: 2025,
    notReportedYear: null,
    newer: [{ year: 2026, provinces: 0, expectedProvinces: 32, value: 4 }],
  });
});

test('a reported 0 is a 0', () => {
  const standing = computeStanding(answer({ 2025: 3, 2026: 0 }, OF_2026), false, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: 2026, value: 0, notReportedYear: null, change: -3 });
});

test('a flow of the running year is not compared with a whole year', () => {
  const standing = computeStanding(answer({ 2025: 100, 2026: 40 }, OF_2026), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: 2026, change: null, previous: 100, running: true });
});

test('nothing reported ever is no value', () => {
  const never = { period: null, provinces: 0, expectedProvinces: 0 };
  const standing = computeStanding(answer({ 2025: null, 2026: null }, never), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: null, value: null, notReportedYear: null });
});

test('a headline without a value, as of a share of nothing, gives way to the year before', () => {
  const standing = computeStanding(answer({ 2024: 5, 2025: null }, WHOLE_2025), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: 2024, value: 5, reports: null });
});

test('the stream moves the running year, and only when it is newer than the answer', () => {
  const asked = answer({ 2025: 563, 2026: 563 }, OF_2026);
  const newer = live('2026-11-28', 564, '2026-11-28T01:00:05Z');
  expect(computeStanding(asked, false, 2026, ASKED_AT, newer)).toMatchObject({
    value: 564,
    change: 1,
    movedAt: 5,
  });
  const older = live('2026-11-28', 562, '2026-11-28T00:59:00Z');
  expect(computeStanding(asked, false, 2026, ASKED_AT, older).value).toBe(563);
});

test('the stream says how many provinces have reported, and turns the headline when most have', () => {
  const asked = answer({ 2025: 51, 2026: null }, WHOLE_2025);
  const first = live('2026', 2, '2026-11-28T02:00:00Z', EARLY_2026);
  expect(computeStanding(asked, true, 2026, ASKED_AT, first)).toMatchObject({
    year: 2025,
    value: 51,
    newer: [{ year: 2026, provinces: 1, value: 2 }],
    movedAt: 5,
  });
  const most = live('2026', 60, '2026-11-28T03:00:00Z', OF_2026);
  expect(computeStanding(asked, true, 2026, ASKED_AT, most)).toMatchObject({
    year: 2026,
    value: 60,
    newer: [],
    running: true,
  });
});

test('a province that is incomplete for two reasons is one', () => {
  const coverage = { missing: ['12'], fewer: ['45', '12'], notClosed: null } as never;
  expect(incompleteProvinces(coverage)).toEqual(['12', '45']);
});

test('the incomplete share is that of parts that add up, and nothing else', () => {
  const parts = new Map([
    ['11', 90],
    ['12', 10],
  ]);
  expect(shareOf(['12', '45'], parts, 100)).toBe(10);
  expect(shareOf(['12'], parts, 95)).toBeNull();
});
