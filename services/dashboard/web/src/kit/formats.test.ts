import { describe, expect, test } from 'vitest';
import {
  currentYear,
  formatAge,
  formatDifference,
  formatMoment,
  formatNumber,
  formatPoints,
  formatShare,
  formatTileNumber,
  readBeijingMoment,
} from './formats';

describe('numbers', () => {
  test('a count keeps all its digits below a million, in every mode', () => {
    expect(formatTileNumber(449_980, 'zh', 'short')).toBe('449,980');
    expect(formatTileNumber(999_999, 'en', 'short')).toBe('999,999');
  });

  test('a large number is short with four digits, and full when the reader wants it', () => {
    expect(formatTileNumber(1_234_567, 'zh', 'short')).toBe('123.5万');
    expect(formatTileNumber(1_234_567_890, 'zh', 'short')).toBe('12.35亿');
    expect(formatTileNumber(1_234_567, 'en', 'short')).toBe('1.235M');
    expect(formatTileNumber(1_234_567, 'zh', 'full')).toBe('1,234,567');
  });

  test('no value is a dash, and zero is zero', () => {
    expect(formatNumber(null, 'zh')).toBe('—');
    expect(formatNumber(0, 'zh')).toBe('0');
  });

  test('a difference has a sign and a true minus', () => {
    expect(formatDifference(3, 'zh')).toBe('+3');
    expect(formatDifference(-1204, 'en')).toBe('−1,204');
    expect(formatDifference(0, 'zh')).toBe('0');
  });

  test('shares have two decimals, and their differences are points', () => {
    expect(formatShare(30.1, 'zh')).toBe('30.10 %');
    expect(formatPoints(-2.4, 'zh')).toBe('−2.40 个百分点');
    expect(formatPoints(2.4, 'en')).toBe('+2.40 percentage points');
  });
});

describe('Beijing time', () => {
  test('a moment is shown in Beijing, whatever the zone of the machine', () => {
    expect(formatMoment('2026-11-28T16:30:05.9Z')).toBe('2026-11-29 00:30:05');
  });

  test('the year begins in Beijing', () => {
    expect(currentYear(new Date('2026-12-31T16:00:00Z'))).toBe(2027);
  });

  test('a typed moment is of Beijing, and nonsense is refused', () => {
    expect(readBeijingMoment('2026-11-01 00:00')).toBe('2026-10-31T16:00:00Z');
    expect(readBeijingMoment('2026-11-01')).toBe('2026-10-31T16:00:00Z');
    expect(readBeijingMoment('yesterday')).toBeUndefined();
    expect(readBeijingMoment('2026-13-01')).toBeUndefined();
  });

  test('an age uses the largest unit that is at least one', () => {
    expect(formatAge(59, 'en')).toBe('59 seconds ago');
    expect(formatAge(3 * 86_400 + 5, 'zh')).toBe('3天前');
  });
});
