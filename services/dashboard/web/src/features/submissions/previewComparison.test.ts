import { describe, expect, it } from 'vitest';
import { compareWithPreview } from './previewComparison';

describe('compareWithPreview', () => {
  const movement = (code: string, period: string, before: number, after: number) => ({
    code,
    name: { zh: code, en: code },
    unit: { zh: '人', en: 'persons' },
    period,
    before,
    after,
    difference: after - before,
  });
  const preview = [
    movement('students', '2025', 100, 120),
    movement('schools', '2025', 5, 6),
    movement('share', '2025', 1, 12.3),
    movement('growth', '2020..2025', 1, 2),
  ];
  const checks = compareWithPreview(
    preview,
    new Map([
      ['students|2025', 120],
      ['schools|2025', 8],
      ['share|2025', 12.6],
    ]),
  );
  const of = (code: string) => checks.find((check) => check.code === code)!;

  it('confirms a value that came as previewed', () => {
    expect(of('students')).toMatchObject({
      verdict: 'as-previewed',
      deviation: 0,
      now: 120,
    });
  });

  it('shows by how much another value is different, without binary noise', () => {
    expect(of('schools')).toMatchObject({ verdict: 'different', deviation: 2 });
    expect(of('share').deviation).toBe(0.3);
  });

  it('does not claim anything about a value that was not answered', () => {
    expect(of('growth')).toMatchObject({
      verdict: 'not-comparable',
      now: undefined,
    });
  });
});
