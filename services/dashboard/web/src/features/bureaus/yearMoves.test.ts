import { describe, expect, it } from 'vitest';
import { YEAR_STATES } from './completeness';
import { yearWarnings, movesOf } from './yearMoves';

describe('movesOf', () => {
  it('offers each role what the life of a year allows', () => {
    const all = (role: string) => YEAR_STATES.map((state) => movesOf(role, state).map((move) => move.name));
    expect(all('bureau')).toEqual([['submit'], ['take-back'], [], []]);
    expect(all('operator')).toEqual([[], ['accept', 'give-back'], ['lock', 'give-back'], ['reopen']]);
    expect(all('auditor')).toEqual([[], [], [], []]);
  });

  it('asks the national team for a reason whenever it opens a year', () => {
    for (const state of YEAR_STATES) {
      for (const move of movesOf('operator', state)) {
        expect(move.needsReason).toBe(move.to === 'open');
      }
    }
  });
});

describe('yearWarnings', () => {
  it('names what may be missing', () => {
    expect(yearWarnings({ year: 2025, received: 0, expected: 5, parked: 0 }, '2026-11-28')).toEqual([
      'nothing-received',
    ]);
    expect(yearWarnings({ year: 2025, received: 4, expected: 5, parked: 1 }, '2026-11-28')).toEqual([
      'fewer-than-expected',
      'rows-waiting',
    ]);
    expect(yearWarnings({ year: 2026, received: 5, expected: null, parked: 0 }, '2026-11-28')).toEqual([
      'year-not-over',
    ]);
    expect(yearWarnings({ year: 2025, received: 5, expected: 5, parked: 0 }, '2026-01-01')).toEqual([]);
  });
});
