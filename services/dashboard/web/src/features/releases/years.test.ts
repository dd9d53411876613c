import { describe, expect, it } from 'vitest';
import { isLocked, orderYears, type ReleaseYear } from './years';

describe('years of a release', () => {
  it('come newest first, those of one year by figure', () => {
    const years = [
      ['b', 2024],
      ['a', 2023],
      ['a', 2024],
    ].map(([indicator, year]) => ({ indicator, year }) as ReleaseYear);
    expect(orderYears(years).map(({ indicator, year }) => `${indicator} ${year}`)).toEqual([
      'a 2024',
      'b 2024',
      'a 2023',
    ]);
  });

  it('are locked when every expected province has locked them', () => {
    expect(isLocked({ expectedProvinces: 32, locked: 31 })).toBe(false);
    expect(isLocked({ expectedProvinces: 32, locked: 32 })).toBe(true);
  });
});
