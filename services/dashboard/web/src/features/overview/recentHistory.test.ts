import { expect, test } from 'vitest';
import { readHistory } from './recentHistory';

const AT_EIGHT = { time: '2026-11-28T00:00:00Z', value: 561 };
const AT_NINE = { time: '2026-11-28T01:00:00Z', value: null };
const AT_TEN = { time: '2026-11-28T02:00:00Z', value: 563 };
const NOW = { time: '2026-11-28T02:30:00Z', value: 564 };

test('fewer than two known points show no course', () => {
  expect(readHistory([], NOW)).toBeNull();
  expect(readHistory([AT_EIGHT, AT_NINE], NOW)).toBeNull();
  expect(readHistory([AT_EIGHT, AT_TEN], { ...NOW, value: null })).toBeNull();
});

test('the present value ends the line, and the change is that since the first known point', () => {
  const history = readHistory([AT_NINE, AT_EIGHT, AT_TEN], NOW)!;
  expect(history).toMatchObject({ since: AT_EIGHT.time, first: 561, change: 3 });
  expect(history.points.map((point) => point.value)).toEqual([null, 561, 563, 564]);
});

test('a value that was computed before the last point does not go back in time', () => {
  const history = readHistory([AT_EIGHT, AT_TEN], { time: AT_TEN.time, value: 563 })!;
  expect(history.points.map((point) => point.at)).toEqual(
    [AT_EIGHT, AT_TEN].map(({ time }) => Date.parse(time)),
  );
});
