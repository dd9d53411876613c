import { expect, test } from 'vitest';
import type { LiveValue } from '../../kit/live/liveStore';
import { computeStanding, incompleteProvinces, shareOf } from './figureStanding';

type Answer = Parameters<typeof computeStanding>[0];

const ASKED_AT = '2026-11-28T01:00:00Z';

function answer(values: Record<number, number | null>): Answer {
  const items = Object.entries(values).map(([year, value]) => ({ year: Number(year), value }));
  return { items, coverage: [] } as unknown as Answer;
}

function live(period: string, value: number | null, time: string): LiveValue {
  return { change: { period, value, position: { time, topics: {} } }, movedAt: 5 } as unknown as LiveValue;
}

test('a year that nobody has reported on shows the last reported one, never 0', () => {
  const standing = computeStanding(answer({ 2024: 40, 2025: 51, 2026: null }), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({
    year: 2025,
    value: 51,
    notReportedYear: 2026,
    change: 11,
    running: false,
  });
});

test('a reported 0 is a 0', () => {
  const standing = computeStanding(answer({ 2025: 3, 2026: 0 }), false, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: 2026, value: 0, notReportedYear: null, change: -3 });
});

test('a flow of the running year is not compared with a whole year', () => {
  const standing = computeStanding(answer({ 2025: 100, 2026: 40 }), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: 2026, change: null, previous: 100, running: true });
});

test('nothing reported ever is no value', () => {
  const standing = computeStanding(answer({ 2025: null, 2026: null }), true, 2026, ASKED_AT);
  expect(standing).toMatchObject({ year: null, value: null, notReportedYear: null });
});

test('the stream moves the running year, and only when it is newer than the answer', () => {
  const asked = answer({ 2025: 563, 2026: 563 });
  const newer = live('2026-11-28', 564, '2026-11-28T01:00:05Z');
  expect(computeStanding(asked, false, 2026, ASKED_AT, newer)).toMatchObject({
    value: 564,
    change: 1,
    movedAt: 5,
  });
  const older = live('2026-11-28', 562, '2026-11-28T00:59:00Z');
  expect(computeStanding(asked, false, 2026, ASKED_AT, older).value).toBe(563);
});

test('the first report about the running year replaces the last reported year', () => {
  const standing = computeStanding(
    answer({ 2025: 51, 2026: null }),
    true,
    2026,
    ASKED_AT,
    live('2026', 2, '2026-11-28T02:00:00Z'),
  );
  expect(standing).toMatchObject({ year: 2026, value: 2, notReportedYear: null, running: true });
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
