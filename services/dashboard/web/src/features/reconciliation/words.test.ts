import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { words } from './words';

const PUBLISHED = new URL('../../../../../../contracts/published/figures.csv', import.meta.url);

test('the set of the platform has a name; a loaded one its own', () => {
  expect(words.zh.setNames('built-in')).toBe('平台内置');
  expect(words.en.setNames('built-in')).toBe('Comes with the platform');
  expect(words.zh.setNames('statistical-bulletin-2025')).toBe('statistical-bulletin-2025');
});

test('every period of the published numbers is Chinese or a number', () => {
  const lines = readFileSync(PUBLISHED, 'utf8').trim().split('\n');
  const column = lines[0]!.split(',').indexOf('period');
  const periods = lines.slice(1).map((line) => line.split(',')[column]!);
  expect(new Set(periods)).toContain('second batch');
  expect(periods.map(words.zh.periodNames).filter((period) => /[a-z]/.test(period))).toEqual([]);
  expect(words.en.periodNames('undated')).toBe('not stated');
});
