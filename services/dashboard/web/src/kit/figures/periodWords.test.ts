import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { periodWords } from './periodWords';

const PUBLISHED = new URL('../../../../../../contracts/published/figures.csv', import.meta.url);

test('every period of the published numbers is Chinese or a number', () => {
  const lines = readFileSync(PUBLISHED, 'utf8').trim().split('\n');
  const column = lines[0]!.split(',').indexOf('period');
  const periods = lines.slice(1).map((line) => line.split(',')[column]!);
  expect(new Set(periods)).toContain('second batch');
  expect(periods.map(periodWords.zh.periodNames).filter((period) => /[a-z]/.test(period))).toEqual([]);
  expect(periodWords.en.periodNames('undated')).toBe('not stated');
});
